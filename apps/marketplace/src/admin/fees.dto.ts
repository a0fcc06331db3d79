import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmptyObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { currencyCodes, DomainError, Money } from '#kernel';
import type { NewFeeRule } from '#fees';
import { Day, Filled, PageQuery, startOf, Trimmed } from '../http/index.js';

const DAY_MS = 86_400_000;
/** A plot of more days than this can't be read. */
const MOST_DAYS = 400;
const aCurrency = { message: 'Choose a currency from the list.' };

/** First and last day of a report. */
export class PeriodQuery {
  /** First and last day, UTC. */
  @Day() @IsOptional() @Filled() from?: string;
  @Day() @IsOptional() @Filled() to?: string;
}

/** Both days, checked. Throws `day_invalid` and `period_invalid`. */
export function periodOf(
  { from, to }: PeriodQuery,
  first: string,
  last: string,
): { from: string; to: string } {
  const start = startOf('from', from ?? first)!;
  const end = startOf('to', to ?? last)!;
  if (start > end)
    throw DomainError.field('from', 'period_invalid', 'Choose a first day that is not after the last one.');
  if (end.getTime() - start.getTime() > MOST_DAYS * DAY_MS)
    throw DomainError.field('from', 'period_invalid', `Choose at most ${MOST_DAYS} days.`);
  return { from: from ?? first, to: to ?? last };
}

export class FeesEarnedQuery extends PageQuery {
  /** First and last day, UTC. */
  @Day() @IsOptional() @Filled() from?: string;
  @Day() @IsOptional() @Filled() to?: string;
  @MaxLength(100, { message: 'Name the shop in at most 100 characters.' })
  @IsString()
  @IsOptional()
  @Filled()
  seller?: string;
  @IsIn(currencyCodes, aCurrency) @IsOptional() @Filled() currency?: string;
}

export class FeeRulesQuery extends PageQuery {
  @IsIn(currencyCodes, aCurrency) @IsOptional() @Filled() currency?: string;
}

/** A version of a fee rule as a form sends it. */
export class FeeRuleForm {
  @IsIn(currencyCodes, aCurrency)
  currency!: string;

  @Matches(/^\d{1,3}([.,]\d{1,2})?$/, { message: 'Enter a percentage such as 10 or 7.25.' })
  @Trimmed()
  percent!: string;

  @MaxLength(20, { message: 'Enter an amount such as 0.30.' })
  @IsString({ message: 'Enter an amount, or 0.' })
  @Trimmed()
  fixed!: string;

  /** Empty: at once. Otherwise the start of this day, UTC. */
  @Day() @IsOptional() @Filled()
  validFrom?: string;

  @MaxLength(500, { message: 'Keep the note under 500 characters.' })
  @IsString()
  @IsOptional()
  @Trimmed()
  note?: string;

  /** What the preview is worked out on. */
  @MaxLength(20) @IsString() @IsOptional() @Filled()
  example?: string;

  /** `preview` shows the figures; `save` takes effect. */
  @IsIn(['preview', 'save']) @IsOptional()
  do?: 'preview' | 'save';
} // prettier-ignore

export function ruleOfForm(form: FeeRuleForm): NewFeeRule {
  const [whole = '0', part = ''] = form.percent.replace(',', '.').split('.');
  return {
    currency: form.currency,
    percentBps: Number(whole) * 100 + Number(part.padEnd(2, '0')),
    fixed: moneyField('fixed', form.fixed, form.currency),
    validFrom: startOf('validFrom', form.validFrom) ?? null,
    note: form.note ?? '',
  };
}

/** An amount that a person typed; the refusal stands beside its field. */
export function moneyField(field: string, text: string, currency: string): Money {
  try {
    return Money.parse(text, currency);
  } catch (error) {
    if (error instanceof DomainError) throw DomainError.field(field, error.code, error.message);
    throw error;
  }
}

class FixedAmount {
  /** Minor units. */
  @Max(99_999_999) @Min(0) @IsInt()
  amount!: number;

  @IsIn(currencyCodes, aCurrency)
  currency!: string;
} // prettier-ignore

/** The same as JSON; the fixed part's currency is the rule's. */
export class FeeRuleBody {
  /** Basis points: 1000 is 10 %. */
  @Max(10_000) @Min(0) @IsInt()
  percentBps!: number;

  @ValidateNested() @Type(() => FixedAmount) @IsNotEmptyObject({}, { message: 'Enter an amount and its currency.' })
  fixed!: FixedAmount;

  /** The start of this day, UTC; left out: at once. */
  @Day() @IsOptional()
  validFrom?: string;

  @MaxLength(500) @IsString() @IsOptional()
  note?: string;
} // prettier-ignore

export function ruleOfBody({ percentBps, fixed, validFrom, note }: FeeRuleBody): NewFeeRule {
  return {
    currency: fixed.currency,
    percentBps,
    fixed: Money.of(BigInt(fixed.amount), fixed.currency),
    validFrom: startOf('validFrom', validFrom) ?? null,
    note: note ?? '',
  };
}
