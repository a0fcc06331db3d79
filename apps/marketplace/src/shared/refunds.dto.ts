import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { Money } from '#kernel';
import type { RefundPreview } from '#refunds';
import { Trimmed } from '../http/index.js';

export const aReason = { message: 'Give a reason of 3 to 500 characters.' };

/** A refund as its form sends it: with the figure that was shown. */
export class RefundForm {
  @Matches(/^\d{1,15}$/, { message: 'Look at the figures again, then confirm.' })
  amount!: string;

  @Length(3, 500, aReason) @IsString(aReason) @Trimmed()
  reason!: string;
} // prettier-ignore

/** The whole of what is left of the order goes back. */
export class RefundBody {
  @Length(3, 500, aReason) @IsString(aReason) @Trimmed()
  reason!: string;

  /** Minor units, as the preview says; another figure by then is refused. */
  @Max(Number.MAX_SAFE_INTEGER) @Min(1) @IsInt() @Type(() => Number) @IsOptional()
  amount?: number | null;
} // prettier-ignore

export interface PreviewBody {
  readonly plan: { readonly buyer: Money; readonly fee: Money; readonly reversal: Money } | null;
  /** Why not: the code and the sentence of the refusal. */
  readonly blocked: { readonly code: string; readonly detail: string } | null;
  /** What the seller's balance lacks right now. */
  readonly short: Money | null;
}

export function previewBody({ plan, blocked, short }: RefundPreview): PreviewBody {
  return { plan, blocked: blocked && { code: blocked.code, detail: blocked.message }, short };
}

export function wishOf(orderId: string, { reason, amount }: RefundBody) {
  return { orderId, reason, amount: amount == null ? null : BigInt(amount) };
}
