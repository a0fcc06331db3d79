import { IsIn, IsISO8601, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { PayoutStatus } from '#payouts';
import { Filled, PageQuery } from '../http/index.js';

export const payoutStatuses = [
  'failed',
  'pending',
  'in_transit',
  'paid',
  'canceled',
] as const satisfies PayoutStatus[];

const aDay = { message: 'Enter a day such as 2026-05-03.' };

/** What an admin may ask of the list; page, CSV and API share it. */
export class PayoutsQuery extends PageQuery {
  @IsIn(payoutStatuses, { message: `Choose one of ${payoutStatuses.join(', ')}.` })
  @IsOptional()
  @Filled()
  state?: PayoutStatus;

  @MaxLength(100, { message: 'Name the shop in at most 100 characters.' })
  @IsString()
  @IsOptional()
  @Filled()
  seller?: string;

  @Length(10, 10, aDay)
  @IsISO8601({ strict: true }, aDay)
  @IsOptional()
  @Filled()
  from?: string;

  @Length(10, 10, aDay)
  @IsISO8601({ strict: true }, aDay)
  @IsOptional()
  @Filled()
  to?: string;
}
