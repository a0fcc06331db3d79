import { Controller, Get, Param, Query } from '@nestjs/common';
import { Browse, Catalog, type CategoryView, type ListingCardView } from '#catalog';
import type { Page } from '#platform';
import { Sellers } from '#sellers';
import { PageQuery } from '../http/index.js';
import { Public } from '../auth/index.js';
import { type PublicListing, publicListing } from './public-listing.view.js';
import { filterOf, SearchQuery } from './search.query.js';
import { shopBySlug } from './shop-by-slug.js';

/** What anybody may read of the catalogue. */
@Public()
@Controller('api/v1')
export class CatalogApi {
  constructor(
    private readonly browse: Browse,
    private readonly catalog: Catalog,
    private readonly sellers: Sellers,
  ) {}

  @Get('listings')
  search(@Query() query: SearchQuery): Promise<Page<ListingCardView>> {
    return this.browse.page(filterOf(query), query.cursor ?? null);
  }

  @Get('listings/:listingId')
  async listing(@Param('listingId') listingId: string): Promise<PublicListing> {
    return publicListing(await this.catalog.publicListing(listingId));
  }

  @Get('categories')
  async categories(): Promise<{ items: CategoryView[] }> {
    return { items: await this.catalog.categories() };
  }

  @Get('shops/:slug/listings')
  async shop(@Param('slug') slug: string, @Query() { cursor }: PageQuery): Promise<Page<ListingCardView>> {
    const seller = await shopBySlug(this.sellers, slug);
    return this.browse.page({ sellerId: seller.id }, cursor ?? null);
  }
}
