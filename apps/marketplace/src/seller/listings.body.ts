import { Type } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Money } from '#kernel';
import { listingLimits, type ListingInput } from '#catalog';

/** Minor units beside their currency, as everywhere in the API. */
class AmountBody {
  @Max(99_999_999) @Min(0) @IsInt()
  amount!: number;

  @Matches(/^[a-z]{3}$/, { message: 'Send the currency as three lower-case letters.' })
  currency!: string;
} // prettier-ignore

class VariantBody {
  /** Of a variant that exists; without it the variant is new. */
  @IsOptional() @MaxLength(60) @IsString()
  id?: string;

  @MaxLength(listingLimits.variantName) @IsString()
  name!: string;

  @IsOptional() @MaxLength(listingLimits.sku) @IsString()
  sku?: string;

  @ValidateNested() @Type(() => AmountBody) @IsObject({ message: 'Send an object with amount and currency.' })
  price!: AmountBody;

  /** Pieces on hand, those held for open orders included. */
  @Max(listingLimits.stock) @Min(0) @IsInt()
  stock!: number;

  /** Pieces on hand when you last read them: what was sold since stays sold. */
  @IsOptional() @Max(listingLimits.stock) @Min(0) @IsInt()
  stockSeen?: number;
} // prettier-ignore

/** A whole listing: variants that are left out are archived. */
export class ListingBody {
  @MaxLength(listingLimits.title) @IsString()
  title!: string;

  @MaxLength(listingLimits.description) @IsString()
  description!: string;

  /** An id of GET /api/v1/categories. */
  @MaxLength(60) @IsString()
  category!: string;

  @ValidateNested() @Type(() => AmountBody) @IsObject({ message: 'Send an object with amount and currency.' })
  shipping!: AmountBody;

  @Type(() => VariantBody)
  @ValidateNested({ each: true }) @IsObject({ each: true }) @IsArray({ message: 'Send a list of variants.' })
  variants!: VariantBody[];
} // prettier-ignore

export function inputOfBody(body: ListingBody): ListingInput {
  const money = ({ amount, currency }: AmountBody) => Money.of(BigInt(amount), currency);
  return {
    ...body,
    shipping: money(body.shipping),
    variants: body.variants.map((variant) => ({ ...variant, price: money(variant.price) })),
  };
}
