import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { NewPromotion } from '#checkout';
import { currencyCodes, DomainError } from '#kernel';
import { Day, endOf, Filled, startOf, Trimmed } from '../http/index.js';
import { moneyField } from './fees.dto.js';

const aCurrency = { message: 'Choose a currency from the list.' };

/** A code as a form sends it: a percentage, or an amount in a currency. */
export class PromotionForm {
  @MaxLength(40, { message: 'Use at most 40 characters.' }) @IsString({ message: 'Enter a code.' }) @Trimmed()
  code!: string;

  @Matches(/^\d{1,3}([.,]\d{1,2})?$/, { message: 'Enter a percentage such as 10 or 7.5.' }) @IsOptional() @Filled()
  percent?: string;

  @MaxLength(20, { message: 'Enter an amount such as 5.00.' }) @IsString() @IsOptional() @Filled()
  amount?: string;

  @IsIn(currencyCodes, aCurrency) @IsOptional() @Filled()
  currency?: string;

  /** First and last day, UTC. */
  @Day() @IsOptional() @Filled() validFrom?: string;
  @Day() @IsOptional() @Filled() validUntil?: string;

  @Matches(/^\d{1,7}$/, { message: 'Enter a whole number, or leave it empty.' }) @IsOptional() @Filled()
  maxRedemptions?: string;
} // prettier-ignore

export function promotionOfForm(form: PromotionForm): NewPromotion {
  const [whole = '0', part = ''] = form.percent?.replace(',', '.').split('.') ?? [];
  if (form.amount !== undefined && form.currency === undefined)
    throw DomainError.field('currency', 'currency_missing', 'Choose the currency of the amount.');
  return {
    code: form.code,
    percentBps: form.percent === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0')),
    amount: form.amount === undefined ? null : moneyField('amount', form.amount, form.currency!),
    validFrom: startOf('validFrom', form.validFrom) ?? null,
    validUntil: endOf('validUntil', form.validUntil) ?? null,
    maxRedemptions: form.maxRedemptions === undefined ? null : Number(form.maxRedemptions),
  };
}
