import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type SuspenseTarget, suspenseTargets } from '#books';
import type { DifferenceState } from '#reconciliation';
import { Filled, PageQuery, Trimmed } from '../http/index.js';

export const differenceStates = ['open', 'explained', 'closed'] as const satisfies DifferenceState[];

export class BooksQuery extends PageQuery {
  @IsIn(differenceStates, { message: `Choose one of ${differenceStates.join(', ')}.` })
  @IsOptional()
  state?: DifferenceState;

  /** The place in the list of accounts, which the page shows above the differences. */
  @MaxLength(300)
  @IsString()
  @IsOptional()
  @Filled()
  accounts?: string;
}

export class ExplainDto {
  @Length(3, 1000, { message: 'Say in 3 to 1,000 characters what is behind it.' })
  @IsString({ message: 'Say what is behind it.' })
  @Trimmed()
  note!: string;
}

export class BookDto extends ExplainDto {
  @IsIn(suspenseTargets, { message: 'Choose the account that it belongs to.' })
  account!: SuspenseTarget;
}
