import { Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { Catalog, Listings, Pictures } from '#catalog';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  redraw,
  type Redrawn,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
} from '../http/index.js';
import { ListingEditor } from './listings.editor.js';
import { formOfListing } from './listings.form.js';
import { uploadOf } from './listings.upload.js';

@SellerMember()
@Controller('seller/:sellerId/listings/:listingId/pictures')
export class ListingPicturesPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly catalog: Catalog,
    private readonly listings: Listings,
    private readonly pictures: Pictures,
  ) {}

  @Post()
  async add(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Req() request: FastifyRequest,
  ): Promise<Redrawn | SeeOther> {
    const listing = await this.listings.one(actor, sellerId, listingId);
    let alt = '';
    try {
      const upload = await uploadOf(request);
      ({ alt } = upload);
      await this.pictures.upload(actor, sellerId, listingId, upload);
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
      const seller = await this.sellers.byId(sellerId);
      const categories = await this.catalog.categories();
      const form = formOfListing(listing);
      return redraw(
        <ListingEditor
          {...{ frame, seller, categories, listing, form }}
          errors={{ ...error.fields }}
          pictureAlt={alt}
        />,
      );
    }
    return this.back(sellerId, listingId, 'The picture is added.');
  }

  @Post(':fileId/remove')
  async remove(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('fileId') fileId: string,
  ): Promise<SeeOther> {
    await this.pictures.remove(actor, sellerId, listingId, fileId);
    return this.back(sellerId, listingId, 'The picture is removed.');
  }

  @Post(':fileId/first')
  async first(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('fileId') fileId: string,
  ): Promise<SeeOther> {
    await this.pictures.first(actor, sellerId, listingId, fileId);
    return this.back(sellerId, listingId, 'This picture now stands for the listing.');
  }

  private back(sellerId: string, listingId: string, text: string): SeeOther {
    return seeOther(`/seller/${sellerId}/listings/${listingId}`, { tone: 'good', text });
  }
}
