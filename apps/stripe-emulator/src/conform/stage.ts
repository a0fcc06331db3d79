import type Stripe from 'stripe';

/** What a scenario has to work with. */
export interface Stage {
  stripe: Stripe;
  /** Keeps an answer for the comparison. */
  show<T>(label: string, answer: T): T;
  /** Keeps the refusal that a call must end in; with `documented`, what Stripe says it must be. */
  refused(label: string, call: Promise<unknown>, documented?: Documented): Promise<void>;
  /** What Stripe's documentation says must be so, wherever this runs. */
  claim(what: string, seen: unknown, documented: unknown): void;
  /** Asks again until the answer is there, while time passes; null when it does not come in time. */
  later<T>(ask: () => Promise<T | null | undefined | false>): Promise<T | null>;
}

/** What is written of a refusal. */
export interface Documented {
  type?: string;
  code?: string;
  decline_code?: string;
  param?: string;
}

export type Scenarios = Record<string, (stage: Stage) => Promise<void>>;

export const NAME = 'Conform scenario';

const PAYMENT = {
  amount: 1000,
  currency: 'usd',
  confirm: true,
  payment_method: 'pm_card_visa',
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const },
};

export function pay(
  stripe: Stripe,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  // A return address is for methods that send the buyer away.
  const methods = params.return_url && { automatic_payment_methods: { enabled: true } };
  return stripe.paymentIntents.create({
    ...PAYMENT,
    ...methods,
    ...params,
  } as Stripe.PaymentIntentCreateParams);
}

/** One who can be asked for money again: a customer with this card as the default. */
export async function customerWith(stripe: Stripe, card = 'pm_card_visa'): Promise<string> {
  const { id } = await stripe.customers.create({ name: NAME });
  const { id: default_payment_method } = await stripe.paymentMethods.attach(card, { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method } });
  return id;
}
