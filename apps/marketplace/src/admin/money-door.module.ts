import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { CheckoutModule } from '#checkout';
import { FeesModule } from '#fees';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { RefundsModule } from '#refunds';
import { ReportsModule } from '#reports';
import { SellersModule } from '#sellers';
import { AdminEventsApi, AdminEventsCsv } from './events.api.js';
import { AdminEventsPages } from './events.pages.js';
import { AdminEvents } from './events.service.js';
import { AdminFeesApi, AdminFeesCsv } from './fees.api.js';
import { AdminFeesPages } from './fees.pages.js';
import { AdminAttentionApi, AdminOrdersApi, AdminOrdersCsv } from './orders.api.js';
import { AdminOrdersPages } from './orders.pages.js';
import { AdminOrders } from './orders.service.js';
import { ShopFilter } from './shop-filter.js';
import { AdminOverviewApi } from './overview.api.js';
import { AdminOverviewPages } from './overview.pages.js';
import { AdminPromotionsCsv } from './promotions.api.js';
import { AdminPromotionsPages } from './promotions.pages.js';
import { AdminDebtsApi, AdminOrderRefundsApi, AdminRefundsApi, AdminRefundsCsv } from './refunds.api.js';
import { AdminOrderRefundPages, AdminRefundsPages } from './refunds.pages.js';

/** The admin desk's overview, orders, refunds, fees, promotions and events. */
@Module({
  imports: [
    AuditModule,
    CheckoutModule,
    FeesModule,
    IdentityModule,
    OrdersModule,
    PaymentsModule,
    RefundsModule,
    ReportsModule,
    SellersModule,
  ],
  controllers: [
    AdminAttentionApi,
    AdminDebtsApi,
    AdminEventsApi,
    AdminEventsCsv,
    AdminEventsPages,
    AdminFeesApi,
    AdminFeesCsv,
    AdminFeesPages,
    AdminOrderRefundPages,
    AdminOrderRefundsApi,
    AdminOrdersApi,
    AdminOrdersCsv,
    AdminOrdersPages,
    AdminOverviewApi,
    AdminOverviewPages,
    AdminPromotionsCsv,
    AdminPromotionsPages,
    AdminRefundsApi,
    AdminRefundsCsv,
    AdminRefundsPages,
  ],
  providers: [AdminEvents, AdminOrders, ShopFilter],
})
export class AdminMoneyDoorModule {}
