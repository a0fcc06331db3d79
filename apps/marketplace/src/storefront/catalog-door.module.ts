import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { FilesModule } from '#files';
import { SellersModule } from '#sellers';
import { FilesController } from './files.controller.js';
import { HomePages } from './home.pages.js';
import { ListingPages } from './listing.pages.js';
import { CatalogApi } from './listings.api.js';
import { SearchPages } from './search.pages.js';
import { ShopPages } from './shop.pages.js';

/** Browsing: home, search, listings, shops and their pictures. */
@Module({
  imports: [CatalogModule, FilesModule, SellersModule],
  controllers: [HomePages, SearchPages, ListingPages, ShopPages, CatalogApi, FilesController],
})
export class CatalogDoorModule {}
