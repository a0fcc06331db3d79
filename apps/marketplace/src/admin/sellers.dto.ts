import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Stage } from '#sellers';

export const stages = [
  'attention', 'restricted', 'suspended', 'closed', 'onboarding', 'new', 'open',
] as const satisfies Stage[]; // prettier-ignore

const Filled = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && !value.trim() ? undefined : value,
  );

/** What an admin may ask of the list; page, CSV and API share it. */
export class SellersQuery {
  @IsIn(stages, { message: `Choose one of ${stages.join(', ')}.` })
  @IsOptional()
  @Filled()
  stage?: Stage;

  @MaxLength(100, { message: 'Search for at most 100 characters.' })
  @IsString()
  @IsOptional()
  @Filled()
  search?: string;

  @MaxLength(300)
  @IsString()
  @IsOptional()
  after?: string;
}

export class ReasonDto {
  @Length(3, 500, { message: 'Give a reason of 3 to 500 characters: the seller reads it.' })
  @IsString({ message: 'Give a reason.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  reason!: string;
}
