import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { BooksModule } from '#books';
import { Reconciliation } from './reconciliation.js';

@Module({ imports: [AuditModule, BooksModule], providers: [Reconciliation], exports: [Reconciliation] })
export class ReconciliationModule {}
