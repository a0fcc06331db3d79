import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Stage } from '#sellers';
import { Filled, PageQuery, Trimmed } from '../http/index.js';

export const stages = [
  'attention', 'restricted', 'suspended', 'closed', 'onboarding', 'new', 'open',
] as const satisfies Stage[]; // prettier-ignore

/** What an admin may ask of the list; page, CSV and API share it. */
export class SellersQuery extends PageQuery {
  @IsIn(stages, { message: `Choose one of ${stages.join(', ')}.` })
  @IsOptional()
  @Filled()
  stage?: Stage;

  @MaxLength(100, { message: 'Search for at most 100 characters.' })
  @IsString()
  @IsOptional()
  @Filled()
  search?: string;
}

export class ReasonDto {
  @Length(3, 500, { message: 'Give a reason of 3 to 500 characters: the seller reads it.' })
  @IsString({ message: 'Give a reason.' })
  @Trimmed()
  reason!: string;
}
