import { Transform, Type } from 'class-transformer';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { MAX_QUANTITY } from '#checkout';

const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

const whole = { message: `Enter a whole number up to ${MAX_QUANTITY}.` };

export class CartItemDto {
  @Length(5, 60, { message: 'Choose what to add.' })
  @IsString({ message: 'Choose what to add.' })
  variantId!: string;

  @Max(MAX_QUANTITY, whole)
  @Min(1, { message: 'Enter at least 1.' })
  @IsInt(whole)
  @Type(() => Number)
  quantity: number = 1;
}

export class QuantityDto {
  @Max(MAX_QUANTITY, whole)
  @Min(0, { message: 'Enter 0 to take it out, or how many you want.' })
  @IsInt(whole)
  @Type(() => Number)
  quantity!: number;
}

export class PromotionCodeDto {
  @Length(1, 40, { message: 'Enter a promotion code of at most 40 characters.' })
  @IsString({ message: 'Enter a promotion code.' })
  @Trimmed()
  promotionCode!: string;
}
