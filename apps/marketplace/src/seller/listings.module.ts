import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { SellersModule } from '#sellers';
import { ListingsApi } from './listings.api.js';
import { ListingsPages } from './listings.pages.js';
import { ListingPicturesPages } from './listings.pictures.js';

/** A seller's own listings, as pages and as JSON. */
@Module({
  imports: [CatalogModule, SellersModule],
  controllers: [ListingsPages, ListingPicturesPages, ListingsApi],
})
export class SellerListingsDoorModule {}
