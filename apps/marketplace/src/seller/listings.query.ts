import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { ListingStatus } from '#catalog';
import { Filled, PageQuery } from '../http/index.js';

/** Filters of a seller's own list. */
export class ListingsQuery extends PageQuery {
  @Filled() @IsOptional() @IsIn(['draft', 'published', 'archived'], { message: 'Choose a status from the list.' })
  status?: ListingStatus;

  @Filled() @IsOptional() @IsString() @MaxLength(200)
  q?: string;
} // prettier-ignore
