import { Module } from '@nestjs/common';
import { CheckoutModule } from '#checkout';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { CartApi } from './cart.api.js';
import { CheckoutApi } from './checkout.api.js';
import { BuyerOrdersApi, PurchaseApi } from './purchase.api.js';

/** Cart, checkout and purchases. */
@Module({
  imports: [CheckoutModule, OrdersModule, PaymentsModule],
  controllers: [CartApi, CheckoutApi, PurchaseApi, BuyerOrdersApi],
})
export class CheckoutDoorModule {}
