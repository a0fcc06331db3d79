/** Billing periods, in Unix seconds and UTC. */

export const HOUR = 3600;
export const DAY = 24 * HOUR;

type Every = { interval: string; interval_count: number };

/**
 * `months` later on the same day and time of day; on the last day of a month that has no such day. Counted from the
 * anchor each time, so that the 31st comes back after February.
 */
export function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), last);
  return first.getTime() / 1000 + (day - 1) * DAY + (anchor % DAY);
}

/** The moment `count` periods after the anchor. */
export function addPeriods(anchor: number, every: Every, count: number): number {
  const steps = every.interval_count * count;
  switch (every.interval) {
    case 'day':
      return anchor + steps * DAY;
    case 'week':
      return anchor + steps * 7 * DAY;
    case 'year':
      return addMonths(anchor, 12 * steps);
    default:
      return addMonths(anchor, steps);
  }
}

/** The first moment of the anchor's rhythm after `moment`. */
export function nextAfter(anchor: number, every: Every, moment: number): number {
  const length = addPeriods(anchor, every, 1) - anchor;
  let count = Math.floor((moment - anchor) / length) - 1;
  while (addPeriods(anchor, every, count) <= moment) count += 1;
  return addPeriods(anchor, every, count);
}
