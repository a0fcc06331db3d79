import { Module } from '@nestjs/common';
import { FilesModule } from '#files';
import { SellersModule } from '#sellers';
import { Browse } from './browse.js';
import { Catalog } from './catalog.js';
import { Listings } from './listings.js';
import { Pictures } from './pictures.js';
import { SearchWords } from './search-words.js';
import { Shops } from './shops.js';
import { Stock } from './stock.js';
import { Variants } from './variants.js';

@Module({
  imports: [FilesModule, SellersModule],
  providers: [Browse, Catalog, Listings, Pictures, SearchWords, Shops, Stock, Variants],
  exports: [Browse, Catalog, Listings, Pictures, Stock],
})
export class CatalogModule {}
