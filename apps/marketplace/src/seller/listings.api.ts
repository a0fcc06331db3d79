import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { type ListingRowView, Listings, type ListingVerb, type ListingView, Pictures } from '#catalog';
import { IdempotencyKeys, type Page } from '#platform';
import { SellerMember } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { inputOfBody, ListingBody } from './listings.body.js';
import { ListingsQuery } from './listings.query.js';
import { uploadOf } from './listings.upload.js';

const verbs: readonly string[] = ['publish', 'unpublish', 'archive', 'restore'] satisfies ListingVerb[];

/** A seller's own listings for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/listings')
export class ListingsApi {
  constructor(
    private readonly listings: Listings,
    private readonly pictures: Pictures,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() query: ListingsQuery,
  ): Promise<Page<ListingRowView>> {
    return this.listings.page(actor, sellerId, query, query.cursor ?? null);
  }

  @Post()
  create(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: ListingBody,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ListingView> {
    const route = `POST listings ${sellerId}`;
    return this.idempotency.once({ actor, route, key, body }, () =>
      this.listings.create(actor, sellerId, inputOfBody(body)),
    );
  }

  @Get(':listingId')
  one(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
  ): Promise<ListingView> {
    return this.listings.one(actor, sellerId, listingId);
  }

  @Put(':listingId')
  edit(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Body() body: ListingBody,
  ): Promise<ListingView> {
    return this.listings.edit(actor, sellerId, listingId, inputOfBody(body));
  }

  /** `publish`, `unpublish`, `archive` or `restore`. */
  @Post(':listingId/:verb')
  @HttpCode(200)
  move(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('verb') verb: string,
  ): Promise<ListingView> {
    if (!verbs.includes(verb)) throw DomainError.notFound('page');
    return this.listings.move(actor, sellerId, listingId, verb as ListingVerb);
  }

  /** multipart/form-data with the fields `picture` and `alt`. The same picture again only changes its words. */
  @Post(':listingId/pictures')
  async addPicture(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Req() request: FastifyRequest,
  ): Promise<ListingView> {
    await this.listings.one(actor, sellerId, listingId);
    return this.pictures.upload(actor, sellerId, listingId, await uploadOf(request));
  }

  @Delete(':listingId/pictures/:fileId')
  removePicture(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('fileId') fileId: string,
  ): Promise<ListingView> {
    return this.pictures.remove(actor, sellerId, listingId, fileId);
  }

  @Post(':listingId/pictures/:fileId/first')
  @HttpCode(200)
  firstPicture(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('listingId') listingId: string,
    @Param('fileId') fileId: string,
  ): Promise<ListingView> {
    return this.pictures.first(actor, sellerId, listingId, fileId);
  }
}
