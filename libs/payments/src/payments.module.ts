import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { BooksModule } from '#books';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { SellersModule } from '#sellers';
import { PaymentAttention } from './attention.js';
import { Charges } from './charges.js';
import { CreateCustomer, Customers } from './customers.js';
import { Payments } from './payments.service.js';
import { PaymentsAtStripe } from './payments.stripe.js';
import { SessionRecords } from './session-records.js';
import { SessionRows } from './session-rows.js';
import { CreateSession, ExpireSession } from './session-writes.js';
import {
  ApplicationFeeObject,
  ChargeObject,
  CheckoutSessionObject,
  PaymentIntentObject,
  SessionsOfCharges,
  TransferObject,
} from './stripe-objects.js';

const face = [Payments, PaymentAttention];

@Module({
  imports: [AuditModule, BooksModule, IdentityModule, OrdersModule, SellersModule],
  providers: [
    ...face,
    Charges,
    CreateCustomer,
    CreateSession,
    Customers,
    ExpireSession,
    PaymentsAtStripe,
    SessionRecords,
    SessionRows,
    SessionsOfCharges,
    ApplicationFeeObject,
    ChargeObject,
    CheckoutSessionObject,
    PaymentIntentObject,
    TransferObject,
  ],
  exports: face,
})
export class PaymentsModule {}
