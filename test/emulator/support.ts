import Stripe from 'stripe';
import { startEmulator, type RunningEmulator } from '../../apps/stripe-emulator/src/index.js';
import { checkBalances } from './balances.js';
import { BodyCheck } from './contract/body-check.js';

export const KEY = 'sk_test_emulator';

/** A moment on a Wednesday, so that a few days on are business days. */
export const NOON = new Date('2026-11-25T12:00:00Z');

/** Unix seconds, so many days after NOON. */
export const at = (days: number): number => NOON.getTime() / 1000 + days * 86_400;

/** Nobody is sent anywhere, so nobody has to say where to come back to. */
export const BY_CARD_ALONE = {
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
} as const;

type Options = Parameters<typeof startEmulator>[0];

/** An emulator of its own with the official SDK pointed at it; its clock stands at NOON unless told otherwise. */
export class Bench {
  private constructor(
    readonly emulator: RunningEmulator,
    readonly stripe: Stripe,
    private readonly bodies: BodyCheck,
  ) {}

  static async start(options: Options = {}): Promise<Bench> {
    const bodies = new BodyCheck();
    const emulator = await startEmulator({ seed: 7, now: NOON, observe: bodies.observe, ...options });
    return new Bench(emulator, Bench.client(emulator), bodies);
  }

  static client(emulator: RunningEmulator, key = KEY): Stripe {
    return new Stripe(key, {
      host: '127.0.0.1',
      port: emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
  }

  get platform(): string {
    return this.emulator.engine.platform;
  }

  /** Throws when money was made or lost, or when anything that the emulator said is not what the SDK declares. */
  async stop(): Promise<void> {
    checkBalances(this.emulator.engine);
    await this.emulator.close();
    await this.bodies.assertDeclared(this.emulator);
  }

  /** Calls `/_emulator`; refusals throw. */
  async control<T = Record<string, unknown>>(path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.emulator.url}/_emulator${path}`, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const result = (await answer.json()) as T;
    if (!answer.ok) throw new Error(JSON.stringify(result));
    return result;
  }

  async advance(days: number): Promise<void> {
    await this.control('/clock/advance', { seconds: Math.round(days * 86_400) });
  }

  /** A seller who asked for transfers; onboarded unless told otherwise. */
  async seller(options: { onboarded?: boolean; country?: string; bank?: string } = {}): Promise<string> {
    const { onboarded = true, country = 'us', bank } = options;
    const account = await this.stripe.v2.core.accounts.create({
      contact_email: 'seller@example.com',
      dashboard: 'express',
      display_name: 'Clay & Co',
      identity: { country },
      defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
    });
    if (onboarded) await this.control(`/accounts/${account.id}/complete_onboarding`, {});
    if (bank) await this.control(`/accounts/${account.id}/bank`, { account_number: bank, currency: 'usd' });
    return account.id;
  }

  /** An account whom buyers pay directly. @param fees who pays Stripe's fees */
  async merchant(fees: 'account' | 'application'): Promise<string> {
    const { id } = await this.stripe.accounts.create({
      controller: {
        fees: { payer: fees },
        losses: { payments: fees === 'account' ? 'stripe' : 'application' },
        stripe_dashboard: { type: fees === 'account' ? 'full' : 'express' },
      },
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    });
    await this.control(`/accounts/${id}/complete_onboarding`, {});
    return id;
  }

  async session(
    options: {
      amount?: number;
      fee?: number;
      seller?: string;
      currency?: string;
      params?: Partial<Stripe.Checkout.SessionCreateParams>;
    } = {},
  ): Promise<Stripe.Checkout.Session> {
    const { amount = 1000, currency = 'usd', fee, seller, params } = options;
    return this.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Bowl' } } },
      ],
      success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://shop.example/cart',
      ...(seller && {
        payment_intent_data: {
          transfer_data: { destination: seller },
          ...(fee !== undefined && { application_fee_amount: fee }),
        },
      }),
      ...params,
    });
  }

  async pay(sessionId: string, card = '4242424242424242') {
    return this.control<{ outcome: string; error?: { code: string; decline_code?: string } }>(
      `/sessions/${sessionId}/pay`,
      { card, buyer: { email: 'buyer@example.com', name: 'Ada Buyer' } },
    );
  }

  /** A payment intent of 10.00, confirmed at once. */
  payment(params: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
    return this.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      ...(!params.return_url && BY_CARD_ALONE),
      ...params,
    });
  }

  /** A session made and paid; gives back its charge. */
  async sale(options: Parameters<Bench['session']>[0] & { card?: string } = {}): Promise<Stripe.Charge> {
    const session = await this.session(options);
    await this.pay(session.id, options.card);
    const paid = await this.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    });
    return (paid.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge;
  }

  async balance(account: string, currency = 'usd'): Promise<{ pending: number; available: number }> {
    const balance = await this.stripe.balance.retrieve({}, { stripeAccount: account });
    const of = (rows: { amount: number; currency: string }[]) =>
      rows.find((row) => row.currency === currency)?.amount ?? 0;
    return { pending: of(balance.pending), available: of(balance.available) };
  }

  async transactions(account: string): Promise<Stripe.BalanceTransaction[]> {
    return this.stripe.balanceTransactions
      .list({ limit: 100 }, { stripeAccount: account })
      .autoPagingToArray({ limit: 10_000 });
  }

  async eventTypes(account = this.platform): Promise<string[]> {
    const events = await this.stripe.events.list({ limit: 100 }, { stripeAccount: account });
    return events.data.map((event) => event.type).reverse();
  }
}
