import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type OrderFilter, type OrderStatus, orderStatuses } from '#orders';
import { Day, endOf, Filled, PageQuery, startOf, Trimmed } from '../http/index.js';

/** Filters of a shop's orders. */
export class SellerOrdersQuery extends PageQuery {
  @IsIn(orderStatuses, { message: 'Choose a state from the list.' }) @IsOptional() @Filled() status?: OrderStatus;
  /** An order's id or its last six letters, or words of the receiver's name. */
  @MaxLength(100, { message: 'Search for at most 100 characters.' }) @IsString() @IsOptional() @Filled() search?: string;
  /** First and last day, UTC. */
  @Day() @IsOptional() @Filled() from?: string;
  @Day() @IsOptional() @Filled() to?: string;
} // prettier-ignore

export function sellerOrderFilter(query: SellerOrdersQuery): OrderFilter {
  return {
    status: query.status,
    search: query.search,
    from: startOf('from', query.from),
    until: endOf('to', query.to),
    cursor: query.cursor,
  };
}

/** How an order was sent; both are empty where the seller brings it. */
export class ParcelDto {
  @MaxLength(60, { message: 'Keep the carrier’s name under 60 characters.' })
  @IsString()
  @IsOptional()
  @Trimmed()
  carrier?: string;

  @MaxLength(80, { message: 'Keep the tracking number under 80 characters.' })
  @IsString()
  @IsOptional()
  @Trimmed()
  trackingNumber?: string;
}
