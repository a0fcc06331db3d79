import { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { Refusal } from '../../apps/stripe-emulator/src/engine/errors.js';
import { checkBalances } from './balances.js';
import { NOON } from './support.js';

/** mulberry32: the same numbers from the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CARDS = [
  '4242424242424242',
  '4000000000000077',
  '4000000000000002',
  '4000000000007726',
  '4000000000005126',
];
const BANKS = ['000123456789', '000111111116'];
const CURRENCIES = ['usd', 'eur', 'jpy', 'huf'];

/** How often each verb went through, in all lives together. */
const done = new Map<string, number>();

/** A day in the life of a marketplace, chosen by dice. */
class Run {
  private readonly sellers: string[] = [];
  private readonly merchants: string[] = [];
  private readonly dice: () => number;

  constructor(
    private readonly engine: Engine,
    seed: number,
  ) {
    this.dice = random(seed);
    for (const bank of BANKS) this.addSeller(bank);
    this.addMerchant();
    // Every other life is one in which money is exchanged on its way.
    if (seed % 2 === 0) return;
    engine.transact(() => {
      engine.settlement.set(engine.platform, ['usd']);
      engine.settlement.set(this.sellers[0]!, ['usd', 'eur']);
      engine.settlement.set(this.sellers[1]!, ['usd']);
    });
  }

  step(): void {
    const verbs = [
      this.sell,
      this.sell,
      this.sell,
      this.debit,
      this.refund,
      this.refundFee,
      this.reverse,
      this.payOut,
      this.wait,
      this.send,
      this.sellDirectly,
      this.dispute,
      this.answer,
      this.topUp,
      this.failPayout,
      this.hold,
      this.capture,
      this.letGo,
      this.chargeToken,
      this.fund,
    ];
    try {
      const verb = this.pick(verbs);
      this.engine.transact(() => verb.call(this));
      done.set(verb.name, (done.get(verb.name) ?? 0) + 1);
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
    }
    if (this.dice() < 0.1)
      this.engine.moveClock(this.engine.clock.now() + Math.floor(this.dice() * 3 * 86_400_000));
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.dice() * from.length)]!;
  }

  private addSeller(bank: string): void {
    const { engine } = this;
    engine.transact(() => {
      const { id } = engine.accounts.create({
        identity: { country: 'us' },
        configuration: {
          recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
        },
      });
      engine.onboarding.complete(id, { bank: { account_number: bank, currency: 'usd' } });
      this.sellers.push(id);
    });
  }

  /** One whom buyers pay directly; every other one pays Stripe's fees itself. */
  private addMerchant(): void {
    const { engine } = this;
    for (const payer of ['account', 'application'] as const) {
      engine.transact(() => {
        const { id } = engine.accountsV1.create({
          controller: {
            fees: { payer },
            losses: { payments: payer === 'account' ? 'stripe' : 'application' },
          },
          capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
        });
        engine.onboarding.complete(id);
        engine.externalAccounts.create(id, { external_account: 'tok_visa_debit' });
        this.merchants.push(id);
      });
    }
  }

  private sellDirectly(): void {
    const amount = 20_000 + Math.floor(this.dice() * 90_000);
    this.engine.paymentIntents.create(this.pick(this.merchants), {
      amount,
      currency: this.pick(CURRENCIES),
      payment_method: this.pick(['pm_card_visa', 'pm_card_bypassPending', 'pm_card_createDispute']),
      confirm: true,
      application_fee_amount: Math.floor(this.dice() * amount),
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
  }

  /** Authorises, for the platform with a seller's share or for a merchant. */
  private hold(): void {
    const account = this.pick([this.engine.platform, ...this.merchants]);
    const amount = 20_000 + Math.floor(this.dice() * 90_000);
    const shared = account === this.engine.platform && this.dice() < 0.7;
    this.engine.paymentIntents.create(account, {
      amount,
      currency: this.pick(CURRENCIES),
      payment_method: 'pm_card_visa',
      capture_method: 'manual',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      ...(shared && {
        application_fee_amount: 1 + Math.floor(this.dice() * amount * 0.3),
        transfer_data: { destination: this.pick(this.sellers) },
      }),
    });
  }

  private held() {
    const account = this.pick([this.engine.platform, ...this.merchants]);
    const intents = [...this.engine.store.all('payment_intent', account)];
    return [account, this.pick(intents.filter(({ status }) => status === 'requires_capture'))] as const;
  }

  private capture(): void {
    const [account, intent] = this.held();
    if (!intent) return;
    const part = { amount_to_capture: Math.ceil(intent.amount * (0.4 + this.dice() * 0.6)) };
    this.engine.captures.capture(account, intent.id, this.dice() < 0.5 ? {} : part);
  }

  private letGo(): void {
    const [account, intent] = this.held();
    if (intent) this.engine.paymentIntents.cancel(account, intent.id, 'abandoned');
  }

  private chargeToken(): void {
    const charge = this.engine.charges.create(this.engine.platform, {
      amount: 20_000 + Math.floor(this.dice() * 90_000),
      currency: this.pick(CURRENCIES),
      source: this.pick(['tok_visa', 'tok_bypassPending', 'tok_chargeDeclined']),
      capture: this.dice() < 0.7,
    });
    if ('captured' in charge && !charge.captured && this.dice() < 0.7)
      this.engine.captures.captureCharge(this.engine.platform, charge.id, {
        amount: Math.ceil(charge.amount / 2),
      });
  }

  /** A customer who owes sends some of it, or too much. */
  private fund(): void {
    const { engine } = this;
    const { id: customer } = engine.customers.create(engine.platform, {});
    const currency = this.pick(CURRENCIES);
    const { intent } = engine.paymentIntents.create(engine.platform, {
      amount: 50_000,
      currency,
      customer,
      confirm: true,
      payment_method_data: { type: 'customer_balance' },
      payment_method_types: ['customer_balance'],
    });
    for (let part = 0; part < 3; part += 1)
      engine.cashBalances.fund(
        engine.platform,
        customer,
        1 + Math.floor(this.dice() * 30_000),
        currency,
        null,
      );
    if (engine.payments.need(intent.id).status !== 'succeeded' && this.dice() < 0.5)
      engine.paymentIntents.cancel(engine.platform, intent.id, null);
  }

  private dispute(): void {
    const [account, charge] = this.anyCharge();
    if (!charge) return;
    const amount = 1 + Math.floor(this.dice() * charge.amount);
    this.engine.disputes.open(account, charge.id, {
      reason: 'fraudulent',
      inquiry: this.dice() < 0.3,
      amount,
    });
  }

  private answer(): void {
    const account = this.pick([this.engine.platform, ...this.merchants]);
    const dispute = this.pick([...this.engine.store.all('dispute', account)]);
    if (!dispute) return;
    const { disputes } = this.engine;
    const how = this.dice();
    if (how < 0.2) disputes.accept(account, dispute.id);
    else if (how < 0.4) disputes.escalate(account, dispute.id);
    else if (how < 0.6) disputes.decide(account, dispute.id, this.pick(['won', 'lost']));
    else {
      const uncategorized_text = this.pick(['winning_evidence', 'losing_evidence', 'Sent by post']);
      disputes.update(account, dispute.id, { evidence: { uncategorized_text } });
    }
  }

  private topUp(): void {
    const topups = [...this.engine.store.all('topup', this.engine.platform)];
    const earlier = this.pick(topups);
    if (earlier && this.dice() < 0.3) this.engine.topups.reverse(this.engine.platform, earlier.id);
    else this.engine.topups.create(this.engine.platform, { amount: 5000, currency: this.pick(CURRENCIES) });
  }

  /** A bank sends money back, perhaps long after it was paid; or the payout is called back. */
  private failPayout(): void {
    const account = this.pick([...this.sellers, ...this.merchants]);
    const payout = this.pick([...this.engine.store.all('payout', account)]);
    if (!payout) return;
    if (this.dice() < 0.5) this.engine.payouts.reverse(account, payout.id, {});
    else this.engine.payoutJourney.fail(account, payout.id, 'account_closed');
    this.engine.externalAccounts.set(account, { account_number: '000123456789', currency: 'usd' });
  }

  private anyCharge() {
    const account = this.pick([this.engine.platform, ...this.merchants]);
    return [account, this.pick([...this.engine.store.all('charge', account)])] as const;
  }

  private session() {
    const amount = 20_000 + Math.floor(this.dice() * 90_000);
    const application_fee_amount = 1 + Math.floor(this.dice() * amount);
    const direct = this.dice() < 0.2;
    return this.engine.checkout.create(this.engine.platform, {
      mode: 'payment',
      success_url: 'https://shop.example',
      line_items: [
        {
          quantity: 1,
          price_data: { currency: this.pick(CURRENCIES), unit_amount: amount, product_data: { name: 'x' } },
        },
      ],
      ...(!direct && {
        payment_intent_data: {
          application_fee_amount,
          transfer_data: { destination: this.pick(this.sellers) },
        },
      }),
    });
  }

  private sell(): void {
    this.engine.sessionPayments.byCard(this.session().id, { number: this.pick(CARDS) });
  }

  private debit(): void {
    this.engine.sessionPayments.byDebit(this.session().id, this.pick(['000123456789', '000222222227']));
  }

  private charge() {
    return this.pick([...this.engine.store.all('charge', this.engine.platform)]);
  }

  private refund(): void {
    const [account, charge] = this.anyCharge();
    if (!charge) return;
    const reverse_transfer = this.dice() < 0.5 && Boolean(charge.transfer);
    const free = reverse_transfer || account !== this.engine.platform;
    const refund_application_fee = free && this.dice() < 0.5 && Boolean(charge.application_fee);
    const amount = 1 + Math.floor(this.dice() * charge.amount);
    const params = { charge: charge.id, amount, reverse_transfer, refund_application_fee };
    this.engine.refunds.create(params, account);
  }

  private refundFee(): void {
    const fee = this.pick([...this.engine.store.all('application_fee', this.engine.platform)]);
    if (fee) this.engine.fees.refund(fee.id, { amount: 1 + Math.floor(this.dice() * fee.amount) });
  }

  private reverse(): void {
    const transfer = this.pick([...this.engine.store.all('transfer', this.engine.platform)]);
    if (transfer)
      this.engine.reversals.create(transfer.id, { amount: 1 + Math.floor(this.dice() * transfer.amount) });
  }

  private send(): void {
    const charge = this.charge();
    if (!charge) return;
    this.engine.transfers.create({
      amount: 1 + Math.floor(this.dice() * charge.amount),
      currency: charge.currency,
      destination: this.pick(this.sellers),
      ...(this.dice() < 0.7 && { source_transaction: charge.id }),
    });
  }

  private payOut(): void {
    const account = this.pick([...this.sellers, ...this.merchants, this.engine.platform]);
    this.engine.payouts.create(account, {
      method: this.pick(['standard', 'standard', 'instant']),
      amount: 100 * (1 + Math.floor(this.dice() * 300)),
      currency: this.pick(CURRENCIES),
    });
  }

  private wait(): void {
    const payouts = [...this.engine.store.all('payout', this.sellers[0]!)];
    const payout = this.pick(payouts);
    if (payout) this.engine.payouts.cancel(this.sellers[0]!, payout.id);
  }
}

/** Many more, and shorter ones, are tried with e.g. INVARIANT_RUNS=3000 INVARIANT_STEPS=60. */
const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 12);
const STEPS = Number(process.env['INVARIANT_STEPS'] ?? 250);

const VERBS = [
  ...['sell', 'debit', 'sellDirectly', 'refund', 'refundFee', 'reverse', 'send', 'dispute', 'answer'],
  ...['payOut', 'wait', 'topUp', 'failPayout', 'hold', 'capture', 'letGo', 'chargeToken', 'fund'],
];
let owed = 0;
let collected = 0;

describe('money is neither made nor lost', () => {
  it.each(Array.from({ length: RUNS }, (_, run) => run + 1))('in a random life, seed %i', async (seed) => {
    const engine = await Engine.open({ seed, now: NOON });
    const run = new Run(engine, seed);
    for (let step = 0; step < STEPS; step += 1) run.step();
    checkBalances(engine);
    engine.moveClock(engine.clock.now() + 40 * 86_400_000);
    checkBalances(engine);
    const payouts = [...engine.store.all('account', '')].flatMap(({ id }) => [
      ...engine.store.all('payout', id),
    ]);
    expect(payouts.length).toBeGreaterThan(0);
    collected += payouts.filter(({ amount, automatic }) => amount < 0 && automatic).length;
    owed += engine.store.by('balance_transaction', engine.platform, 'type', 'reserved_funds').length;
    await engine.close();
  });

  it('and in these lives everything happened, down to debts that were held back and collected', () => {
    expect(Object.fromEntries(done)).toMatchObject(
      Object.fromEntries(VERBS.map((verb) => [verb, expect.any(Number) as number])),
    );
    expect(owed).toBeGreaterThan(0);
    expect(collected).toBeGreaterThan(0);
  });
});
