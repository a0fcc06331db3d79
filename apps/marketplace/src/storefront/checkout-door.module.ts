import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CatalogModule } from '#catalog';
import { CheckoutModule } from '#checkout';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { SellersModule } from '#sellers';
import { AdminPromotionsApi } from '../admin/promotions.api.js';
import { SellerPromotionsApi } from '../seller/promotions.api.js';
import { CartCount } from './cart-count.js';
import { CartApi } from './cart.api.js';
import { CartPages } from './cart.pages.js';
import { CheckoutApi } from './checkout.api.js';
import { CheckoutPages } from './checkout.pages.js';
import { VisitorLimits } from './visitor-limits.js';
import { BuyerOrdersApi, PurchaseApi } from './purchase.api.js';
import { PurchasePages } from './purchase.pages.js';
import { PurchasesPages } from './purchases.pages.js';
import { ToPayment } from './to-payment.js';

const programs = [CartApi, CheckoutApi, PurchaseApi, BuyerOrdersApi, SellerPromotionsApi, AdminPromotionsApi];
const pages = [CartPages, CheckoutPages, PurchasePages, PurchasesPages];

/** Cart, checkout and purchases, and the promotion codes that lower what is paid. */
@Module({
  imports: [CatalogModule, CheckoutModule, IdentityModule, OrdersModule, PaymentsModule, SellersModule],
  controllers: [...programs, ...pages],
  providers: [VisitorLimits, ToPayment, { provide: APP_INTERCEPTOR, useClass: CartCount }],
})
export class CheckoutDoorModule {}
