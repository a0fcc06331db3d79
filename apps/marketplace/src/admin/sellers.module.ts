import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { SellersModule } from '#sellers';
import { AdminSellersApi, AdminSellersCsv } from './sellers.api.js';
import { AdminSellerPages } from './sellers.detail.js';
import { AdminSellersPages } from './sellers.pages.js';

/** Sellers on the admin desk. */
@Module({
  imports: [IdentityModule, SellersModule],
  controllers: [AdminSellersApi, AdminSellersCsv, AdminSellersPages, AdminSellerPages],
})
export class AdminSellersDoorModule {}
