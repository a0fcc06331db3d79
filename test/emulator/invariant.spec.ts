import { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { Refusal } from '../../apps/stripe-emulator/src/engine/errors.js';
import { idOf } from '../../apps/stripe-emulator/src/engine/kinds.js';
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

/** A day in the life of a marketplace, chosen by dice. */
class Run {
  private readonly sellers: string[] = [];
  private readonly dice: () => number;

  constructor(
    private readonly engine: Engine,
    seed: number,
  ) {
    this.dice = random(seed);
    for (const bank of BANKS) this.addSeller(bank);
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
    ];
    try {
      this.engine.transact(() => this.pick(verbs).call(this));
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

  private session() {
    const amount = 20_000 + Math.floor(this.dice() * 90_000);
    const application_fee_amount = 1 + Math.floor(this.dice() * amount);
    const direct = this.dice() < 0.2;
    return this.engine.checkout.create({
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
    const charge = this.charge();
    if (!charge) return;
    const reverse_transfer = this.dice() < 0.5 && Boolean(charge.transfer);
    const refund_application_fee = reverse_transfer && this.dice() < 0.5 && Boolean(charge.application_fee);
    const amount = 1 + Math.floor(this.dice() * charge.amount);
    this.engine.refunds.create({ charge: charge.id, amount, reverse_transfer, refund_application_fee });
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
    const account = this.pick([...this.sellers, this.engine.platform]);
    this.engine.payouts.create(account, {
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

/** Sums that must agree whatever happened. */
function check(engine: Engine): void {
  const world = new Map<string, number>();
  for (const { id: account } of engine.store.all('account', '')) {
    const sums = new Map<string, { pending: number; available: number; open: number }>();
    for (const transaction of engine.store.all('balance_transaction', account)) {
      const sum = sums.get(transaction.currency) ?? { pending: 0, available: 0, open: 0 };
      sums.set(transaction.currency, sum);
      sum[transaction.status as 'pending' | 'available'] += transaction.net;
      expect(transaction.net).toBe(transaction.amount - transaction.fee);
      const line = engine.store.get('payout_line', account, transaction.id);
      expect(line !== undefined).toBe(transaction.status === 'available');
      if (line?.payout === null) sum.open += transaction.net;
      // What crosses the emulator's border: buyers, Stripe's fees, banks. The rest only moves between accounts.
      const inner =
        ['transfer', 'transfer_refund', 'application_fee', 'application_fee_refund'].includes(
          transaction.type,
        ) ||
        (/^(py|pyr)_/.test(idOf(transaction.source as string) ?? '') && account !== engine.platform);
      if (inner) world.set(transaction.currency, (world.get(transaction.currency) ?? 0) + transaction.net);
    }
    for (const [currency, { pending, available, open }] of sums) {
      expect(engine.ledger.balance(account, currency)).toMatchObject({ pending, available });
      expect(open).toBe(available);
    }
    for (const payout of engine.store.all('payout', account)) {
      if (!payout.automatic) continue;
      const lines = engine.payouts.transactionsOf(account, payout.id);
      expect(lines.reduce((sum, line) => sum + line.net, 0)).toBe(0);
    }
  }
  for (const sum of world.values()) expect(sum).toBe(0);
}

describe('money is neither made nor lost', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('in a random life, seed %i', async (seed) => {
    const engine = await Engine.open({ seed, now: NOON });
    const run = new Run(engine, seed);
    for (let step = 0; step < 250; step += 1) run.step();
    check(engine);
    engine.moveClock(engine.clock.now() + 40 * 86_400_000);
    check(engine);
    expect([...engine.store.all('payout', engine.platform)].length).toBeGreaterThan(0);
    await engine.close();
  });
});
