import { Module } from '@nestjs/common';
import { ReconciliationModule } from '#reconciliation';
import { SellersModule } from '#sellers';
import { AdminBooksApi, AdminBooksCsv } from './books.api.js';
import { AdminBooksPages } from './books.pages.js';

/** The books on the admin desk. */
@Module({
  imports: [ReconciliationModule, SellersModule],
  controllers: [AdminBooksApi, AdminBooksCsv, AdminBooksPages],
})
export class AdminBooksDoorModule {}
