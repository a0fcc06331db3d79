import { Type } from 'class-transformer';
import {
  IsDate,
  IsIn,
  IsInt,
  IsNotEmptyObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { NewPromotion } from '#checkout';
import { currencyCodes, Money } from '#kernel';
import { Trimmed } from '../http/index.js';

class AmountDto {
  @Max(Number.MAX_SAFE_INTEGER, { message: 'Enter a smaller amount.' })
  @Min(1, { message: 'Enter an amount above zero.' })
  @IsInt({ message: 'Enter the amount in minor units, as a whole number.' })
  amount!: number;

  @IsIn(currencyCodes, { message: 'Choose a currency such as eur.' })
  currency!: string;
}

/** Either `percentBps` (1000 is 10 %) or `amount`. */
export class PromotionDto {
  @Length(3, 40, { message: 'Use 3 to 40 letters, digits and hyphens, such as SPRING-10.' })
  @IsString({ message: 'Enter a code.' })
  @Trimmed()
  code!: string;

  @Max(10_000, { message: 'Enter a percentage up to 100 %, which is 10000.' })
  @Min(1, { message: 'Enter a percentage above zero.' })
  @IsInt({ message: 'Enter the percentage in hundredths, as a whole number: 1000 is 10 %.' })
  @IsOptional()
  percentBps?: number;

  @ValidateNested()
  @Type(() => AmountDto)
  @IsNotEmptyObject({}, { message: 'Enter an amount and its currency.' })
  @IsOptional()
  amount?: AmountDto;

  @IsDate({ message: 'Enter a date and time such as 2027-01-31T12:00:00Z.' })
  @Type(() => Date)
  @IsOptional()
  validFrom?: Date;

  @IsDate({ message: 'Enter a date and time such as 2027-01-31T12:00:00Z.' })
  @Type(() => Date)
  @IsOptional()
  validUntil?: Date;

  @Max(1_000_000, { message: 'Enter a number up to 1,000,000.' })
  @Min(1, { message: 'Enter at least 1.' })
  @IsInt({ message: 'Enter a whole number.' })
  @IsOptional()
  maxRedemptions?: number;
}

export function promotionOf(dto: PromotionDto): NewPromotion {
  return {
    code: dto.code,
    percentBps: dto.percentBps ?? null,
    amount: dto.amount ? Money.of(BigInt(dto.amount.amount), dto.amount.currency) : null,
    validFrom: dto.validFrom ?? null,
    validUntil: dto.validUntil ?? null,
    maxRedemptions: dto.maxRedemptions ?? null,
  };
}
