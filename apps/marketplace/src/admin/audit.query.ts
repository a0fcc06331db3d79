import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Day, Filled, PageQuery } from '../http/index.js';

export class AuditQuery extends PageQuery {
  /** Such as `fee_rule.created`. */
  @Filled() @IsOptional() @IsString() @MaxLength(100) action?: string;
  /** A user's id or e-mail, or the name of a job. */
  @Filled() @IsOptional() @IsString() @MaxLength(254) actor?: string;
  /** The id of what was acted on. */
  @Filled() @IsOptional() @IsString() @MaxLength(100) subject?: string;
  /** First and last day, UTC. */
  @Filled() @IsOptional() @Day() from?: string;
  @Filled() @IsOptional() @Day() to?: string;
}
