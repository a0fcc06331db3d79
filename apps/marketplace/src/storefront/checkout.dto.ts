import { Transform, Type } from 'class-transformer';
import {
  IsEmail,
  IsISO31661Alpha2,
  IsNotEmptyObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { ShipTo } from '#orders';

/** Spaces around are not part of it, and an empty field is none. */
export const Text = () =>
  Transform(({ value }: { value: unknown }) => {
    const text: unknown = typeof value === 'string' ? value.trim() : value;
    return text === '' ? undefined : text;
  });

/** The fields of a shipping address, in the page's order; a form sends them as they are, the API inside `shipTo`. */
export class ShipToDto {
  @Length(1, 100, { message: 'Enter the name of who receives it, in at most 100 characters.' })
  @IsString({ message: 'Enter the name of who receives it.' })
  @Text()
  name!: string;

  @IsISO31661Alpha2({ message: 'Choose a country.' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toUpperCase() : value,
  )
  country!: string;

  @Length(1, 120, { message: 'Enter street and number, in at most 120 characters.' })
  @IsString({ message: 'Enter street and number.' })
  @Text()
  line1!: string;

  @MaxLength(120, { message: 'Use at most 120 characters.' })
  @IsString()
  @IsOptional()
  @Text()
  line2?: string;

  @MaxLength(20, { message: 'Use at most 20 characters.' })
  @IsString()
  @IsOptional()
  @Text()
  postcode?: string;

  @Length(1, 80, { message: 'Enter the town or city, in at most 80 characters.' })
  @IsString({ message: 'Enter the town or city.' })
  @Text()
  city!: string;

  @MaxLength(80, { message: 'Use at most 80 characters.' })
  @IsString()
  @IsOptional()
  @Text()
  region?: string;

  @MaxLength(30, { message: 'Use at most 30 characters.' })
  @IsString()
  @IsOptional()
  @Text()
  phone?: string;
}

export function shipToOf(dto: ShipToDto): ShipTo {
  return {
    name: dto.name,
    line1: dto.line1,
    line2: dto.line2 ?? null,
    city: dto.city,
    region: dto.region ?? null,
    postcode: dto.postcode ?? null,
    country: dto.country,
    phone: dto.phone ?? null,
  };
}

export class CheckoutDto {
  /** A signed-in buyer's own address stands in for it. */
  @MaxLength(254, { message: 'Use at most 254 characters.' })
  @IsEmail({}, { message: 'Enter an e-mail address such as name@example.com.' })
  @IsOptional()
  @Text()
  email?: string;

  @ValidateNested()
  @Type(() => ShipToDto)
  @IsNotEmptyObject({}, { message: 'Enter where it should be sent.' })
  shipTo!: ShipToDto;
}
