import { Transform } from 'class-transformer';
import { Equals, IsBoolean, IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { sellerCountries, sellerCurrencies } from '#sellers';

const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
/** A ticked box of a form says "yes"; a program sends a boolean. */
const Ticked = () => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));

const ShopName = () => Length(2, 60, { message: 'Give your shop a name of 2 to 60 characters.' });
const ShopDescription = () => MaxLength(1000, { message: 'Use at most 1,000 characters.' });

/** The page and the API share it. */
export class NewSellerDto {
  @ShopName()
  @IsString({ message: 'Give your shop a name.' })
  @Trimmed()
  name!: string;

  @IsIn(sellerCountries.map(({ code }) => code), { message: 'Choose a country from the list.' })
  country!: string;

  @IsIn(sellerCurrencies, { message: 'Choose a currency from the list.' })
  currency!: string;

  @ShopDescription()
  @IsString({ message: 'This must be text.' })
  @Trimmed()
  @IsOptional()
  description?: string;

  @IsBoolean({ message: 'Send true to accept the seller terms.' })
  @Ticked()
  acceptTerms: boolean = false;
}

/** The page names a box left empty beside all else that is wrong; to a program `SellerSignUp` says it with a code. */
export class NewSellerForm extends NewSellerDto {
  @Equals(true, { message: 'Accept the seller terms to open a shop.' })
  override acceptTerms: boolean = false;
}

export class ShopProfileDto {
  @ShopName()
  @IsString({ message: 'Give your shop a name.' })
  @Trimmed()
  name!: string;

  @ShopDescription()
  @IsString({ message: 'This must be text.' })
  @Trimmed()
  description: string = '';
}
