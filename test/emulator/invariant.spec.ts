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

describe('money is neither made nor lost', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('in a random life, seed %i', async (seed) => {
    const engine = await Engine.open({ seed, now: NOON });
    const run = new Run(engine, seed);
    for (let step = 0; step < 250; step += 1) run.step();
    checkBalances(engine);
    engine.moveClock(engine.clock.now() + 40 * 86_400_000);
    checkBalances(engine);
    expect([...engine.store.all('payout', engine.platform)].length).toBeGreaterThan(0);
    await engine.close();
  });
});
