import { IsOptional, IsString, MaxLength } from 'class-validator';

/** A list without filters: only the place in it. */
export class PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(300)
  after?: string;
}
