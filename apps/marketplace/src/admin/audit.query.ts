import { Transform } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** An empty field of a filter form is no filter. */
const Blank = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const Day = () =>
  Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: 'Write a day as 2026-05-03.' });

export class AuditQuery {
  /** Such as `fee_rule.created`. */
  @Blank() @IsOptional() @IsString() @MaxLength(100) action?: string;
  /** A user's id or e-mail, or the name of a job. */
  @Blank() @IsOptional() @IsString() @MaxLength(254) actor?: string;
  /** The id of what was acted on. */
  @Blank() @IsOptional() @IsString() @MaxLength(100) subject?: string;
  /** First and last day, UTC. */
  @Blank() @IsOptional() @Day() from?: string;
  @Blank() @IsOptional() @Day() to?: string;
}

export class AuditPageQuery extends AuditQuery {
  @Blank() @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}
