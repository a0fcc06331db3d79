import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CheckoutModule } from '#checkout';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { AdminPromotionsApi } from '../admin/promotions.api.js';
import { SellerPromotionsApi } from '../seller/promotions.api.js';
import { CartCountInterceptor } from './cart-count.interceptor.js';
import { CartApi } from './cart.api.js';
import { CheckoutApi } from './checkout.api.js';
import { BuyerOrdersApi, PurchaseApi } from './purchase.api.js';

/** Cart, checkout and purchases, and the promotion codes that lower what is paid. */
@Module({
  imports: [CheckoutModule, OrdersModule, PaymentsModule],
  controllers: [CartApi, CheckoutApi, PurchaseApi, BuyerOrdersApi, SellerPromotionsApi, AdminPromotionsApi],
  providers: [{ provide: APP_INTERCEPTOR, useClass: CartCountInterceptor }],
})
export class CheckoutDoorModule {}
