import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { DomainError } from '#kernel';
import { Catalog, Listings, type ListingVerb, type ListingView } from '#catalog';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  type Redrawn,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { ListingEditor } from './listings.editor.js';
import {
  emptyForm,
  formOfListing,
  inputOf,
  ListingForm,
  redrawnRows,
  typedListing,
} from './listings.form.js';
import { ListingsPage } from './listings.list.js';
import { ListingsQuery } from './listings.query.js';

const done: Record<ListingVerb, string> = {
  publish: 'The listing is published.',
  unpublish: 'The listing is a draft again.',
  archive: 'The listing is archived.',
  restore: 'The listing is back as a draft.',
};

@SellerMember()
@Controller('seller/:sellerId/listings')
export class ListingsPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly catalog: Catalog,
    private readonly listings: Listings,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() query: ListingsQuery,
  ): Promise<VNode> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const page = await this.listings.page(actor, sellerId, query, query.cursor ?? null);
    return <ListingsPage frame={frame} seller={seller} query={query} page={page} />;
  }

  @Get('new')
  async fresh(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<VNode> {
    const draw = await this.editor(frame, actor, sellerId, null);
    return draw(emptyForm(), {});
  }

  @Post()
  @HttpCode(200)
  async create(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<VNode | Redrawn | SeeOther> {
    const draw = await this.editor(frame, actor, sellerId, null);
    const typed = typedListing(body);
    const rows = redrawnRows(typed, body['do']);
    if (rows) return draw(rows, {});
    const { currency } = await this.sellers.byId(sellerId);
    return withForm(
      ListingForm,
      typed,
      async (form) => {
        const { id } = await this.listings.create(actor, sellerId, inputOf(form, currency));
        return seeOther(`/seller/${sellerId}/listings/${id}`, {
          tone: 'good',
          text: 'Saved as a draft. Add a picture, then publish it.',
        });
      },
      (errors) => draw(typed, errors),
    );
  }

  @Get(':listingId')
  async show(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
  ): Promise<VNode> {
    const listing = await this.listings.one(actor, sellerId, listingId);
    const draw = await this.editor(frame, actor, sellerId, listing);
    return draw(formOfListing(listing), {});
  }

  @Post(':listingId')
  @HttpCode(200)
  async edit(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<VNode | Redrawn | SeeOther> {
    const listing = await this.listings.one(actor, sellerId, listingId);
    const draw = await this.editor(frame, actor, sellerId, listing);
    const typed = typedListing(body);
    const rows = redrawnRows(typed, body['do']);
    if (rows) return draw(rows, {});
    return withForm(
      ListingForm,
      typed,
      async (form) => {
        await this.listings.edit(actor, sellerId, listingId, inputOf(form, listing.currency));
        return seeOther(`/seller/${sellerId}/listings/${listingId}`, {
          tone: 'good',
          text: 'Changes saved.',
        });
      },
      (errors) => draw(typed, errors),
    );
  }

  @Post(':listingId/:verb')
  async move(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('verb') verb: string,
  ): Promise<SeeOther> {
    if (!isVerb(verb)) throw DomainError.notFound('page');
    await this.listings.move(actor, sellerId, listingId, verb);
    return seeOther(`/seller/${sellerId}/listings/${listingId}`, { tone: 'good', text: done[verb] });
  }

  private async editor(
    frame: PageFrameData,
    actor: RequestViewer['actor'],
    sellerId: string,
    listing: ListingView | null,
  ): Promise<(form: ListingForm, errors: Record<string, string>) => VNode> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const categories = await this.catalog.categories();
    return (form, errors) => <ListingEditor {...{ frame, seller, categories, listing, form, errors }} />;
  }
}

function isVerb(verb: string): verb is ListingVerb {
  return Object.hasOwn(done, verb);
}
