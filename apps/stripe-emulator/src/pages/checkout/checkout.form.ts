import type Stripe from 'stripe';
import { isDebit } from '../../engine/debit-accounts.js';
import type { Buyer, CardInput } from '../../engine/buyer.js';
import type { Problems, Values } from '../ui/forms.js';
import { readCard } from './card.rules.js';

type Session = Stripe.Checkout.Session;

/** Test accounts of the bank debit, by how it ends. */
export const DEBIT_ACCOUNTS: Record<string, string> = {
  '000123456789': 'Succeeds after three days',
  '000222222227': 'Fails after three days: insufficient funds',
  '000111111113': 'Fails after three days: account closed',
};

export const debitOf = (session: Session): string | undefined => session.payment_method_types.find(isDebit);

/** What the page knows beside the session: the methods that a returning customer saved. */
export type Saved = readonly Stripe.PaymentMethod[];

/** The value of the choice that stands for a saved method. */
export const savedValue = (method: Stripe.PaymentMethod): string => `saved:${method.id}`;

export type Order = {
  buyer: Buyer;
  /** Minor units, with the chosen shipping. */
  total: number;
} & (
  | { method: 'card'; card: CardInput }
  | { method: 'debit'; accountNumber: string }
  | { method: 'saved'; id: string }
);

/** What the buyer sent, checked. @param now milliseconds */
export function readOrder(
  session: Session,
  values: Values,
  saved: Saved,
  now: number,
): { order: Order; problems: Problems } {
  const problems: Problems = {};
  const needs = (name: string, message: string) => {
    if (!values[name]) problems[name] = message;
  };
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emailOf(session, values)))
    problems['email'] = 'Enter an email like jenny@example.com.';
  if (session.phone_number_collection?.enabled) needs('phone', 'Enter a phone number.');
  if (session.shipping_address_collection) checkShipping(session, values, problems);
  const option = optionOf(session, values);
  if (option === null) problems['shipping_option'] = 'Choose how it is sent.';
  const total = totalOf(session, values);
  const known = saved.find((method) => savedValue(method) === values['method']);
  if (known) {
    const { name, address } = known.billing_details;
    const buyer = buyerOf(
      session,
      { ...values, name: name ?? '', country: address?.country ?? '' },
      option ?? 0,
    );
    return { order: { buyer, total, method: 'saved', id: known.id }, problems };
  }
  needs('name', 'Enter the name as it is on the card or account.');
  if (!/^[A-Z]{2}$/.test(values['country'] ?? '')) problems['country'] = 'Choose a country.';
  const common = { buyer: buyerOf(session, values, option ?? 0), total };
  if (values['method'] === 'debit' && debitOf(session)) {
    const accountNumber = values['debit_account'] ?? '';
    if (!Object.hasOwn(DEBIT_ACCOUNTS, accountNumber))
      problems['debit_account'] = 'Choose one of the test accounts.';
    return { order: { ...common, method: 'debit', accountNumber }, problems };
  }
  const { card, problems: wrong } = readCard(values, now);
  return { order: { ...common, method: 'card', card }, problems: { ...problems, ...wrong } };
}

/** What the buyer pays with the chosen shipping, minor units. */
export function totalOf(session: Session, values: Values): number {
  if (!session.total_details) return 0;
  const shipping = session.shipping_options[optionOf(session, values) ?? 0]?.shipping_amount ?? 0;
  return session.amount_subtotal! - session.total_details.amount_discount + shipping;
}

const SHIPPING: Record<string, string> = {
  shipping_name: 'Enter the name of who receives it.',
  shipping_line1: 'Enter the street and house number.',
  shipping_city: 'Enter the city.',
  shipping_postal_code: 'Enter the postal code.',
};

function checkShipping(session: Session, values: Values, problems: Problems): void {
  for (const [name, message] of Object.entries(SHIPPING)) if (!values[name]) problems[name] = message;
  const allowed: string[] = session.shipping_address_collection!.allowed_countries;
  if (!allowed.includes(values['shipping_country'] ?? ''))
    problems['shipping_country'] = 'Choose a country that it can be sent to.';
}

function optionOf(session: Session, values: Values): number | null {
  const count = session.shipping_options.length;
  const chosen = Number(values['shipping_option'] || '0');
  if (count === 0) return 0;
  return Number.isInteger(chosen) && chosen >= 0 && chosen < count ? chosen : null;
}

/** As at Stripe, an email that the platform or its customer gave can't be changed by the buyer. */
export const givenEmail = (session: Session): string | null =>
  session.customer_email ?? (session.customer ? (session.customer_details?.email ?? null) : null);

const emailOf = (session: Session, values: Values): string => givenEmail(session) ?? values['email'] ?? '';

function buyerOf(session: Session, values: Values, option: number): Buyer {
  const { name = '', phone, country = '' } = values;
  const address = {
    line1: values['shipping_line1'] ?? null,
    line2: values['shipping_line2'] || null,
    city: values['shipping_city'] ?? null,
    postal_code: values['shipping_postal_code'] ?? null,
    state: values['shipping_state'] || null,
    country: values['shipping_country'] ?? null,
  };
  return {
    email: emailOf(session, values),
    ...(name && { name }),
    ...(country && { country }),
    ...(values['save'] === 'yes' && { save: true }),
    ...(phone && { phone }),
    ...(session.shipping_address_collection && {
      shipping: { name: values['shipping_name'] ?? '', address },
    }),
    ...(session.shipping_options.length > 0 && { shipping_option: option }),
  };
}
