import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type OrderFilter, type OrderStatus, orderStatuses } from '#orders';
import { Day, endOf, Filled, PageQuery, startOf, Trimmed } from '../http/index.js';

export class AdminOrdersQuery extends PageQuery {
  @IsIn(orderStatuses, { message: 'Choose a state from the list.' }) @IsOptional() @Filled() status?: OrderStatus;
  @MaxLength(100, { message: 'Name the shop in at most 100 characters.' }) @IsString() @IsOptional() @Filled() seller?: string;
  /** First and last day, UTC. */
  @Day() @IsOptional() @Filled() from?: string;
  @Day() @IsOptional() @Filled() to?: string;
  /** Any id of ours or of Stripe's, or the buyer's e-mail address; the other filters do not apply then. */
  @MaxLength(254, { message: 'Search for at most 254 characters.' }) @IsString() @IsOptional() @Filled() search?: string;
} // prettier-ignore

export function orderFilter(query: AdminOrdersQuery): OrderFilter & { sellerId?: string | undefined } {
  return {
    status: query.status,
    sellerId: query.seller,
    from: startOf('from', query.from),
    until: endOf('to', query.to),
    cursor: query.cursor,
  };
}

export class ResolutionDto {
  @Length(3, 500, { message: 'Say in 3 to 500 characters what was done.' })
  @IsString({ message: 'Say what was done.' })
  @Trimmed()
  resolution!: string;
}
