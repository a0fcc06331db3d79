import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { Debts } from './debts.service.js';

@Module({ imports: [AuditModule], providers: [Debts], exports: [Debts] })
export class DebtsModule {}
