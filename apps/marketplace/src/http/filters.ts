import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { DomainError } from '#kernel';

const DAY_MS = 86_400_000;

/** An empty field of a filter form asks for nothing. */
export const Filled = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() || undefined : value,
  );

export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** An ISO date such as 2026-05-03. */
export const Day = () =>
  Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: 'Enter a day such as 2026-05-03.' });

/** The start of a day, UTC. Throws `day_invalid` for the 31st of February, which has the right shape. */
export function startOf(field: string, day: string | undefined): Date | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day))
    throw DomainError.field(field, 'day_invalid', 'There is no such day.');
  return date;
}

/** The end of a day, UTC: the start of the next one. */
export function endOf(field: string, day: string | undefined): Date | undefined {
  const start = startOf(field, day);
  return start && new Date(start.getTime() + DAY_MS);
}

/** The ISO date of so many days before today, UTC. */
export function daysAgo(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}
