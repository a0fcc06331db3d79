import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { Fees } from './fees.service.js';

@Module({ imports: [AuditModule], providers: [Fees], exports: [Fees] })
export class FeesModule {}
