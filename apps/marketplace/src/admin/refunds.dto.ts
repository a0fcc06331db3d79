import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type DebtStatus, debtStatuses } from '#debts';
import { type RefundQueue, refundQueues, type RefundStatus, refundStatuses } from '#refunds';
import { Filled, PageQuery, Trimmed } from '../http/index.js';
import { aReason } from '../shared/refunds.dto.js';

export class RefundsQuery extends PageQuery {
  @IsIn(refundStatuses, { message: 'Choose a state from the list.' }) @IsOptional() @Filled() status?: RefundStatus;
  /** failed: did not reach the buyer. outside: made in Stripe's dashboard, waiting to be attributed. */
  @IsIn(refundQueues, { message: 'Choose a list.' }) @IsOptional() @Filled() queue?: RefundQueue;
  @MaxLength(100, { message: 'Name the shop in at most 100 characters.' }) @IsString() @IsOptional() @Filled() seller?: string;
} // prettier-ignore

export class DebtsQuery extends PageQuery {
  @IsIn(debtStatuses, { message: 'Choose a state from the list.' }) @IsOptional() @Filled() status?: DebtStatus;
  @MaxLength(100, { message: 'Name the shop in at most 100 characters.' }) @IsString() @IsOptional() @Filled() seller?: string;
} // prettier-ignore

export class AttributionDto {
  /** Left out: it has nothing to do with any order. */
  @MaxLength(60, { message: 'An order id looks like ord_….' }) @IsString() @IsOptional() @Filled()
  orderId?: string;

  @IsIn(['platform', 'seller'], { message: 'Choose who bears it.' })
  bearer!: 'platform' | 'seller';

  @Length(3, 500, { message: 'Say in 3 to 500 characters what it was for.' }) @IsString() @Trimmed()
  note!: string;
} // prettier-ignore

export class WriteOffDto {
  @Length(3, 500, aReason) @IsString(aReason) @Trimmed()
  reason!: string;
} // prettier-ignore
