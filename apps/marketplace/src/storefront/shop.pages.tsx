import { Controller, Get, Param, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { Browse, type ListingCardView } from '#catalog';
import type { Page } from '#platform';
import { Sellers, type SellerView } from '#sellers';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData, PageQuery, pagerOf } from '../http/index.js';
import { EmptyState, Notice, Pager, Shell } from '../ui/index.js';
import { countryName } from './country-name.js';
import { Listings } from './listing-grid.js';
import { shopBySlug } from './shop-by-slug.js';

@Public()
@Controller('shop')
export class ShopPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly browse: Browse,
  ) {}

  @Get(':slug')
  async shop(
    @PageFrame() frame: PageFrameData,
    @Param('slug') slug: string,
    @Query() { cursor }: PageQuery,
  ): Promise<VNode> {
    const seller = await shopBySlug(this.sellers, slug);
    const page = await this.browse.page({ sellerId: seller.id }, cursor ?? null);
    return <ShopPage frame={frame} seller={seller} page={page} />;
  }
}

const ShopPage = (props: { frame: PageFrameData; seller: SellerView; page: Page<ListingCardView> }) => (
  <Shell {...props.frame} title={props.seller.name} description={props.seller.description} wide>
    <div class="page-head">
      <div>
        <h1>{props.seller.name}</h1>
        {props.seller.description && <p class="lead">{props.seller.description}</p>}
        <p class="muted">Ships from {countryName(props.seller.country)}</p>
      </div>
    </div>
    <div class="stack">
      {!props.seller.canSell && (
        <Notice tone="waiting" title="This shop is closed at the moment">
          Its goods come back when it opens again.
        </Notice>
      )}
      {props.page.items.length > 0 ? (
        <Listings heading="Goods" items={props.page.items} />
      ) : (
        <EmptyState title="Nothing for sale right now" icon="store">
          {props.seller.name} has no goods in the hall at the moment.
        </EmptyState>
      )}
      <Pager {...pagerOf(`/shop/${props.seller.slug}`, {}, props.page)} />
    </div>
  </Shell>
);
