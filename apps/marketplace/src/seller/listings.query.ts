import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { ListingStatus } from '#catalog';

const Filled = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && !value.trim() ? undefined : value,
  );

/** Filters of a seller's own list. */
export class ListingsQuery {
  @Filled() @IsOptional() @IsIn(['draft', 'published', 'archived'], { message: 'Choose a status from the list.' })
  status?: ListingStatus;

  @Filled() @IsOptional() @IsString() @MaxLength(200)
  q?: string;

  @Filled() @IsOptional() @IsString() @MaxLength(300)
  after?: string;
} // prettier-ignore
