import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { BooksModule } from '#books';
import { DebtsModule } from '#debts';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { GiveBack } from './give-back.js';
import { OutsideRefunds } from './outside-refunds.js';
import { RefundLists } from './refund-lists.js';
import { RefundRecords } from './refund-records.js';
import { RefundRows } from './refund-rows.js';
import { RefundSteps } from './refund-steps.js';
import { CreateRefund, RefundFee, ReverseTransfer } from './refund-writes.js';
import { Refunds } from './refunds.service.js';
import { RefundsAtStripe } from './refunds.stripe.js';

const face = [Refunds, RefundLists, OutsideRefunds];

@Module({
  imports: [AuditModule, BooksModule, DebtsModule, OrdersModule, PaymentsModule],
  providers: [
    ...face,
    CreateRefund,
    GiveBack,
    RefundFee,
    RefundRecords,
    RefundRows,
    RefundSteps,
    RefundsAtStripe,
    ReverseTransfer,
  ],
  exports: [...face, DebtsModule],
})
export class RefundsModule {}
