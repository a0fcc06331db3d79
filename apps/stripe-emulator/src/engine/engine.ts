import { randomBytes } from 'node:crypto';
import { AccountLinks } from '../verbs/account-links.js';
import { Accounts } from '../verbs/accounts.js';
import { AccountsV1 } from '../verbs/accounts-v1.js';
import { BankDebits } from '../verbs/bank-debits.js';
import { Billing } from '../verbs/billing/index.js';
import { CardPayments } from '../verbs/card-payments.js';
import { Captures } from '../verbs/captures.js';
import { CashBalances } from '../verbs/cash-balances.js';
import { Challenges } from '../verbs/challenges.js';
import { Charges } from '../verbs/charges.js';
import { Checkout } from '../verbs/checkout.js';
import { Disputes } from '../verbs/disputes.js';
import { ExternalAccounts } from '../verbs/external-accounts.js';
import { Fees } from '../verbs/fees.js';
import { Files } from '../verbs/files.js';
import { FraudWarnings } from '../verbs/fraud-warnings.js';
import { Customers } from '../verbs/customers.js';
import { Mandates } from '../verbs/mandates.js';
import { Onboarding } from '../verbs/onboarding.js';
import { PaymentIntents } from '../verbs/payment-intents.js';
import { PaymentLinks } from '../verbs/payment-links.js';
import { PaymentMethods } from '../verbs/payment-methods.js';
import { Payments } from '../verbs/payments.js';
import { Persons } from '../verbs/persons.js';
import { PayoutJourney } from '../verbs/payout-journey.js';
import { PayoutRun } from '../verbs/payout-run.js';
import { Payouts } from '../verbs/payouts.js';
import { Refunds } from '../verbs/refunds.js';
import { Reversals } from '../verbs/reversals.js';
import { SessionPayments } from '../verbs/session-payments.js';
import { SetupIntents } from '../verbs/setup-intents.js';
import { Sources } from '../verbs/sources.js';
import { Topups } from '../verbs/topups.js';
import { Transfers } from '../verbs/transfers.js';
import { Clock, type ClockState } from './clock.js';
import { Deliveries } from './deliveries.js';
import { Events, type Cause } from './events.js';
import { Ids } from './ids.js';
import { Journal } from './journal.js';
import { Ledger } from './ledger.js';
import { Settlement } from './settlement.js';
import { Store } from './store.js';
import { Timers } from './timers.js';
import { FOREVER } from './wall-alarms.js';

export interface EngineOptions {
  /** Where the journal is kept; without it, state ends with the process. */
  dataDir?: string;
  /** Makes ids and secrets repeatable. */
  seed?: string | number;
  /** Starts with the clock frozen at this moment. */
  now?: Date;
  livemode?: boolean;
  /** The currencies that the platform holds; others are exchanged into US dollars. Left out: all of them. */
  settle?: string[];
  /** What sellers and buyers see as the platform's name. */
  name?: string;
}

/**
 * The whole of Stripe, as far as it is emulated, without HTTP. Verbs are synchronous and all-or-nothing; `durable()`
 * resolves when what they did is on disk, and nothing is answered or sent before that.
 */
export class Engine {
  readonly store = new Store();
  readonly clock = new Clock();
  readonly livemode: boolean;
  /** For a platform that is yet to be made; afterwards its account knows. */
  readonly platformName: string;
  /** Where people's pages are; known once the server listens. */
  baseUrl = '';
  readonly ids: Ids;
  readonly timers: Timers;
  readonly events: Events;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  readonly accounts: Accounts;
  readonly accountsV1: AccountsV1;
  readonly persons: Persons;
  readonly externalAccounts: ExternalAccounts;
  readonly accountLinks: AccountLinks;
  readonly onboarding: Onboarding;
  readonly checkout: Checkout;
  readonly payments: Payments;
  readonly cardPayments: CardPayments;
  readonly bankDebits: BankDebits;
  readonly disputes: Disputes;
  readonly billing: Billing;
  readonly captures: Captures;
  readonly cashBalances: CashBalances;
  readonly challenges: Challenges;
  readonly charges: Charges;
  readonly customers: Customers;
  readonly mandates: Mandates;
  readonly paymentIntents: PaymentIntents;
  readonly paymentLinks: PaymentLinks;
  readonly paymentMethods: PaymentMethods;
  readonly sessionPayments: SessionPayments;
  readonly setupIntents: SetupIntents;
  readonly sources: Sources;
  readonly fees: Fees;
  readonly files: Files;
  readonly fraudWarnings: FraudWarnings;
  readonly settlement: Settlement;
  readonly topups: Topups;
  readonly transfers: Transfers;
  readonly reversals: Reversals;
  readonly refunds: Refunds;
  readonly payouts: Payouts;
  readonly payoutRun: PayoutRun;
  readonly payoutJourney: PayoutJourney;
  private alarm: NodeJS.Timeout | null = null;
  private unstarted: string[] = [];

  private constructor(
    seed: string,
    private journal: Journal,
    options: EngineOptions,
  ) {
    this.livemode = options.livemode ?? false;
    this.platformName = options.name ?? 'Emulated platform';
    this.ids = new Ids(seed);
    this.timers = new Timers(this.store, this.clock, this.ids);
    this.events = new Events(this.store, this.clock, this.ids, this.livemode, () => this.platform);
    this.settlement = new Settlement(this.store, this.clock);
    this.ledger = new Ledger(this.store, this.clock, this.ids, this.timers, this.events, this.settlement);
    this.deliveries = new Deliveries(
      this.store,
      this.clock,
      this.ids,
      this.timers,
      this.events,
      () => this.platform,
      (verb) => this.transact(verb),
    );
    this.accounts = new Accounts(this);
    this.accountsV1 = new AccountsV1(this);
    this.persons = new Persons(this);
    this.externalAccounts = new ExternalAccounts(this);
    this.accountLinks = new AccountLinks(this);
    this.onboarding = new Onboarding(this);
    this.checkout = new Checkout(this);
    this.payments = new Payments(this);
    this.cardPayments = new CardPayments(this);
    this.bankDebits = new BankDebits(this);
    this.disputes = new Disputes(this);
    this.captures = new Captures(this);
    this.cashBalances = new CashBalances(this);
    this.challenges = new Challenges(this);
    this.charges = new Charges(this);
    this.customers = new Customers(this);
    this.mandates = new Mandates(this);
    this.paymentIntents = new PaymentIntents(this);
    this.paymentLinks = new PaymentLinks(this);
    this.paymentMethods = new PaymentMethods(this);
    this.setupIntents = new SetupIntents(this);
    this.sessionPayments = new SessionPayments(this);
    this.sources = new Sources(this);
    this.fees = new Fees(this);
    this.files = new Files(this);
    this.fraudWarnings = new FraudWarnings(this);
    this.topups = new Topups(this);
    this.transfers = new Transfers(this);
    this.reversals = new Reversals(this);
    this.refunds = new Refunds(this);
    this.payouts = new Payouts(this);
    this.payoutRun = new PayoutRun(this);
    this.payoutJourney = new PayoutJourney(this);
    // It follows what the others do, so it comes after them.
    this.billing = new Billing(this);
  }

  static async open(options: EngineOptions = {}): Promise<Engine> {
    const lines = options.dataDir ? await Journal.read(options.dataDir) : [];
    const seed = lines[0]?.seed ?? String(options.seed ?? randomBytes(8).toString('hex'));
    const engine = new Engine(seed, Journal.none(), options);
    for (const line of lines) {
      engine.ids.issued = line.issued;
      for (const change of line.changes) engine.store.replay(change);
    }
    const clock = engine.store.get('setting', '', 'clock');
    if (clock) engine.clock.restore(clock.value as ClockState);
    else if (options.now) engine.clock.freeze(options.now.getTime());
    engine.timers.rebuild();
    forgetOldKeys(engine.store, engine.clock.now());
    if (options.dataDir) {
      engine.journal = await Journal.compact(
        options.dataDir,
        seed,
        engine.ids.issued,
        engine.store.everything(),
      );
    }
    engine.transact(() => engine.accounts.completeRecords());
    if (!engine.platform) engine.transact(() => engine.accounts.createPlatform(options.settle));
    else if (options.name) engine.transact(() => engine.accounts.rename(engine.platform, options.name!));
    return engine;
  }

  /** The platform's account id. */
  get platform(): string {
    return (this.store.get('setting', '', 'platform')?.value as string | undefined) ?? '';
  }

  /** Runs a verb: all of its changes are kept, or none. */
  transact<T>(verb: () => T, cause: Cause | null = null): T {
    this.events.cause = cause;
    try {
      const result = this.store.atomically(verb);
      this.unstarted.push(...this.deliveries.plan());
      return result;
    } finally {
      this.events.cause = null;
      this.keepChanges();
    }
  }

  /** Resolves when everything done so far is on disk; deliveries start then. */
  async durable(): Promise<void> {
    await this.journal.flushed();
    this.deliveries.start(this.unstarted.splice(0));
  }

  get live() {
    return this.deliveries.live;
  }

  /** Sends an event again, once that is kept. Part of a verb. @returns the ids of the deliveries */
  resend(eventId: string, endpoint?: string): string[] {
    const ids = this.deliveries.planAgain(eventId, endpoint);
    queueMicrotask(() => void this.durable().then(() => this.deliveries.send(ids)));
    return ids;
  }

  /** Events on their way to their receivers; those that wait for a later retry don't count. */
  get pendingDeliveries(): number {
    return this.unstarted.length + this.deliveries.pending;
  }

  /** Begins to work off timers and deliveries, e.g. those left over by a crash. */
  start(baseUrl: string): void {
    this.baseUrl = baseUrl;
    this.deliveries.resume();
    this.runDue();
  }

  /** Runs everything that is due, in order. */
  runDue(): void {
    const until = this.clock.now();
    while (this.transact(() => this.timers.runNext(until)));
    this.setAlarm();
  }

  /** Moves the clock on to `time` (milliseconds) and runs what was due on the way. */
  moveClock(time: number): void {
    this.transact(() => {
      this.clock.moveTo(time);
      this.keepClock();
    });
    this.runDue();
  }

  freezeClock(time?: number): void {
    this.transact(() => {
      this.clock.freeze(time);
      this.keepClock();
    });
    this.runDue();
  }

  resumeClock(): void {
    this.transact(() => {
      this.clock.resume();
      this.keepClock();
    });
    this.setAlarm();
  }

  async close(): Promise<void> {
    if (this.alarm) clearTimeout(this.alarm);
    await this.deliveries.close();
    await this.journal.close();
  }

  private keepClock(): void {
    const row = { id: 'clock', value: this.clock.snapshot() };
    this.store.insert('setting', '', row);
  }

  private keepChanges(): void {
    const changes = this.store.takeChanges();
    if (changes.length === 0) return;
    this.journal.append({ issued: this.ids.issued, changes });
    // Whoever did this may not wait for the disk (a timer, a delivery's outcome); deliveries must start all the same.
    void this.durable();
    this.setAlarm();
  }

  private setAlarm(): void {
    if (this.alarm) clearTimeout(this.alarm);
    this.alarm = null;
    const due = this.timers.nextDue;
    if (due === null || this.clock.frozen) return;
    const wait = Math.min(Math.max(due - this.clock.now(), 0), FOREVER);
    this.alarm = setTimeout(() => this.runDue(), wait);
    this.alarm.unref();
  }
}

function forgetOldKeys(store: Store, now: number): void {
  for (const [kind, account, id, row] of [...store.everything()]) {
    if (kind === 'idempotency' && !((row as { until: number }).until > now)) store.remove(kind, account, id);
  }
}
