import { IsOptional, IsString, MaxLength } from 'class-validator';

/** A place in a list. */
export class PlaceQuery {
  @MaxLength(300)
  @IsString()
  @IsOptional()
  after?: string;
}
