import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { BooksModule } from '#books';
import { Differences } from './differences.js';
import { Reconciliation } from './reconciliation.js';

const face = [Differences, Reconciliation];

@Module({ imports: [AuditModule, BooksModule], providers: face, exports: face })
export class ReconciliationModule {}
