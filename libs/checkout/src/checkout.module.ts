import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { CatalogModule } from '#catalog';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { SellersModule } from '#sellers';
import { BeginCheckout } from './begin-checkout.js';
import { CartRows } from './cart-rows.js';
import { Carts } from './carts.service.js';
import { EndOrder } from './end-order.js';
import { PayNext } from './pay-next.js';
import { Placed } from './placed.js';
import { Pricing } from './pricing.js';
import { Promotions } from './promotions.service.js';

const face = [BeginCheckout, Carts, PayNext, Promotions];

@Module({
  imports: [AuditModule, CatalogModule, OrdersModule, PaymentsModule, SellersModule],
  providers: [...face, CartRows, EndOrder, Placed, Pricing],
  exports: face,
})
export class CheckoutModule {}
