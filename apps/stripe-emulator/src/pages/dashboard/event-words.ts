import type Stripe from 'stripe';
import type { TimelineEntry, Tone } from '../ui/parts.js';
import { sentence } from '../words.js';

/**
 * What an event tells, from its own name: "payment_intent.payment_failed" -> "Payment intent: payment failed",
 * "v2.core.account[configuration.recipient].updated" -> "Account, recipient configuration: updated".
 */
export function eventWord(type: string): string {
  const at = type.lastIndexOf('.');
  const [object, part] = type.slice(0, at).replace('v2.core.', '').replace(']', '').split('[');
  const about = part ? `, ${part.split('.').reverse().join(' ')}` : '';
  return `${sentence(object! + about)}: ${type.slice(at + 1).replaceAll('_', ' ')}`;
}

export function eventTone(type: string): Tone {
  if (/failed|expired|deauthorized|canceled/.test(type)) return 'bad';
  if (/succeeded|completed|paid$|available/.test(type)) return 'good';
  return /pending|processing|requires_action/.test(type) ? 'waiting' : 'neutral';
}

/** An event as a line of a story. */
export function eventEntry(event: Stripe.Event): TimelineEntry {
  return {
    key: event.id,
    at: event.created * 1000,
    tone: eventTone(event.type),
    word: eventWord(event.type),
    href: `/dashboard/events/${event.id}`,
  };
}
