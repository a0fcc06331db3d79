import { type AttentionCounts, COUNTED_UP_TO } from '#reports';
import type { Tone } from '../ui/index.js';
import type { AdminPage } from './admin-desk.js';

interface Waiting {
  readonly tone: Tone;
  readonly title: string;
  readonly sentence: string;
  readonly href: string;
  readonly button: string;
}

type Words = Omit<Waiting, 'title'> & { readonly one: string; readonly many: string };

/** What can wait for a person, the most urgent first. */
const words: Record<keyof AttentionCounts, Words> = {
  differences: {
    tone: 'bad',
    one: 'The books show a difference',
    many: 'The books show # differences',
    sentence:
      'Our ledger, Stripe’s balance transactions and its balances do not agree. Find out why before anything else.',
    href: '/admin/books?state=open',
    button: 'Look at the books',
  },
  failedPayouts: {
    tone: 'bad',
    one: 'A payout failed',
    many: '# payouts failed',
    sentence: 'The money is back in the seller’s balance; their bank details have to be mended.',
    href: '/admin/payouts?state=failed',
    button: 'See failed payouts',
  },
  failedRefunds: {
    tone: 'bad',
    one: 'A refund did not reach its buyer',
    many: '# refunds did not reach their buyers',
    sentence: 'The money is back with the platform. Refund again, or agree with the buyer on another way.',
    href: '/admin/refunds?queue=failed',
    button: 'See failed refunds',
  },
  deadEvents: {
    tone: 'bad',
    one: 'An event of Stripe’s could not be worked off',
    many: '# events of Stripe’s could not be worked off',
    sentence: 'Read why, mend the cause, then replay.',
    href: '/admin/events?state=dead',
    button: 'See dead letters',
  },
  outsideRefunds: {
    tone: 'attention',
    one: 'A refund was made in Stripe’s dashboard',
    many: '# refunds were made in Stripe’s dashboard',
    sentence: 'Say which order each was for and who bears it; until then it is missing in the books.',
    href: '/admin/refunds?queue=outside',
    button: 'Attribute',
  },
  oddPayments: {
    tone: 'attention',
    one: 'A payment came otherwise than it was asked for',
    many: '# payments came otherwise than they were asked for',
    sentence: 'Paid twice, paid too late, or refused by Stripe.',
    href: '/admin/orders/attention',
    button: 'Look at them',
  },
  restrictedShops: {
    tone: 'attention',
    one: 'A shop can’t sell',
    many: '# shops can’t sell',
    sentence: 'Stripe has stopped them, or their account was closed.',
    href: '/admin/sellers?stage=restricted',
    button: 'See these sellers',
  },
  openDebts: {
    tone: 'waiting',
    one: 'A seller owes the marketplace',
    many: '# debts of sellers are open',
    sentence: 'Taken from their next sales by itself; nothing to do unless one stops selling.',
    href: '/admin/refunds/debts',
    button: 'See debts',
  },
};

export function waiting(counts: AttentionCounts): Waiting[] {
  return (Object.keys(words) as (keyof AttentionCounts)[])
    .filter((name) => counts[name] > 0)
    .map((name) => {
      const { one, many, ...rest } = words[name];
      return { ...rest, title: counts[name] === 1 ? one : many.replace('#', howMany(counts[name])) };
    });
}

function howMany(count: number): string {
  return count < COUNTED_UP_TO ? String(count) : `${COUNTED_UP_TO.toLocaleString('en')} or more`;
}

/** The numbers beside the desk's navigation. */
export function deskCounts(counts: AttentionCounts): Partial<Record<AdminPage, number>> {
  return {
    payouts: counts.failedPayouts,
    refunds: counts.failedRefunds + counts.outsideRefunds,
    events: counts.deadEvents,
    books: counts.differences,
    orders: counts.oddPayments,
  };
}
