import { Engine } from '../../../apps/stripe-emulator/src/engine/engine.js';
import { Refusal } from '../../../apps/stripe-emulator/src/engine/errors.js';
import type { Kind, Kinds } from '../../../apps/stripe-emulator/src/engine/kinds.js';
import { Dice } from './dice.js';

const DAY = 86_400_000;

export const CURRENCIES = ['usd', 'eur', 'jpy', 'huf'];
const BANKS = ['000123456789', '000111111116'];

/** Something that somebody does; a Refusal means that it could not be done now. */
export type Verb = (life: Life) => void;

/** A marketplace with sellers, merchants and customers, in which anything may happen next. */
export class Life {
  /** Paid by transfers. */
  readonly sellers: string[] = [];
  /** Whom buyers pay directly; every other one pays Stripe's fees itself. */
  readonly merchants: string[] = [];
  readonly dice: Dice;
  /** Every other life is one in which money is exchanged on its way. */
  readonly exchanges: boolean;

  constructor(
    readonly engine: Engine,
    seed: number,
  ) {
    this.dice = new Dice(seed);
    for (const bank of BANKS) this.sellers.push(this.addSeller(bank));
    for (const payer of ['account', 'application'] as const) this.merchants.push(this.addMerchant(payer));
    this.exchanges = seed % 2 === 1;
    if (!this.exchanges) return;
    engine.transact(() => {
      engine.settlement.set(engine.platform, ['usd']);
      engine.settlement.set(this.sellers[0]!, ['usd', 'eur']);
      engine.settlement.set(this.sellers[1]!, ['usd']);
    });
  }

  /** @returns whether it could be done */
  try(verb: Verb): boolean {
    try {
      this.engine.transact(() => verb(this));
      return true;
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      return false;
    }
  }

  /** Time passes now and then, mostly days, sometimes more than a month. */
  wait(): void {
    if (!this.dice.happens(0.12)) return;
    const days = this.dice.happens(0.15) ? 40 : 3;
    this.engine.moveClock(this.engine.clock.now() + Math.floor(this.dice.roll() * days * DAY));
  }

  get platform(): string {
    return this.engine.platform;
  }

  amount(): number {
    return 20_000 + this.dice.upTo(90_000);
  }

  currency(): string {
    return this.dice.pick(CURRENCIES);
  }

  /** One that the platform itself holds. */
  ownCurrency(): string {
    return this.engine.settlement.currencyOf(this.platform, this.currency());
  }

  seller(): string {
    return this.dice.pick(this.sellers);
  }

  /** Somebody who has payments of their own: the platform or a merchant. */
  payee(): string {
    return this.dice.pick([this.platform, this.platform, ...this.merchants]);
  }

  anyone(): string {
    return this.dice.pick([this.platform, ...this.sellers, ...this.merchants]);
  }

  /** A part of what somebody could be paid out now, in whole units. */
  payable(account: string, currencies = CURRENCIES): { amount: number; currency: string } {
    const fits = (row: Kinds['balance']) => row.available >= 200 && currencies.includes(row.id);
    const { id, available } = this.some('balance', account, fits);
    return { amount: 100 * this.dice.upTo(Math.floor(available / 200)), currency: id };
  }

  /** Any object of this kind, of those that will do. @throws Refusal where there is none */
  some<K extends Kind>(kind: K, account: string, fits: (row: Kinds[K]) => boolean = () => true): Kinds[K] {
    const found = this.dice.pick([...this.engine.store.all(kind, account)].filter(fits));
    if (!found) throw new Refusal(404, { type: 'invalid_request_error', message: `no ${kind} yet` });
    return found;
  }

  addSeller(bank: string): string {
    const { engine } = this;
    return engine.transact(() => {
      const { id } = engine.accounts.create({
        identity: { country: 'us' },
        configuration: {
          recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
        },
      });
      engine.onboarding.complete(id, { bank: { account_number: bank, currency: 'usd' } });
      return id;
    });
  }

  addMerchant(payer: 'account' | 'application'): string {
    const { engine } = this;
    return engine.transact(() => {
      const { id } = engine.accountsV1.create({
        controller: {
          fees: { payer },
          losses: { payments: payer === 'account' ? 'stripe' : 'application' },
        },
        capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
      });
      engine.onboarding.complete(id);
      engine.externalAccounts.create(id, { external_account: 'tok_visa_debit' });
      return id;
    });
  }
}
