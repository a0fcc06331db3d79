import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { DifferenceState } from '#reconciliation';

export const differenceStates = ['open', 'explained', 'closed'] as const satisfies DifferenceState[];

export class BooksQuery {
  @IsIn(differenceStates, { message: `Choose one of ${differenceStates.join(', ')}.` })
  @IsOptional()
  state?: DifferenceState;

  @MaxLength(300)
  @IsString()
  @IsOptional()
  after?: string;
}

export class ExplainDto {
  @Length(3, 1000, { message: 'Say in 3 to 1,000 characters what is behind it.' })
  @IsString({ message: 'Say what is behind it.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  note!: string;
}
