import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Filled, PageQuery } from '../http/index.js';

export const eventStates = ['dead', 'queued', 'running', 'done'] as const;
export type EventState = (typeof eventStates)[number];

export class EventsQuery extends PageQuery {
  @IsIn(eventStates, { message: 'Choose a state from the list.' }) @IsOptional() @Filled() state?: EventState;
  /** Such as payout.failed. */
  @MaxLength(120, { message: 'A type looks like payout.failed.' }) @IsString() @IsOptional() @Filled() type?: string;
  /** The id of Stripe's object that the event is about. */
  @MaxLength(120, { message: 'An object looks like po_….' }) @IsString() @IsOptional() @Filled() object?: string;
} // prettier-ignore
