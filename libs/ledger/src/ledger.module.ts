import { Module } from '@nestjs/common';
import { Ledger } from './ledger.js';
import { LedgerVerification } from './verify.js';

@Module({ providers: [Ledger, LedgerVerification], exports: [Ledger, LedgerVerification] })
export class LedgerModule {}
