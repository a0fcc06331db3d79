import { AccountLinks } from '../verbs/account-links.js';
import { Accounts } from '../verbs/accounts.js';
import { AccountsV1 } from '../verbs/accounts-v1.js';
import { BankDebits } from '../verbs/bank-debits.js';
import { billingVerbs } from '../verbs/billing/index.js';
import { Captures } from '../verbs/captures.js';
import { CardPayments } from '../verbs/card-payments.js';
import { CashBalances } from '../verbs/cash-balances.js';
import { CashRefunds } from '../verbs/cash-refunds.js';
import { Challenges } from '../verbs/challenges.js';
import { Charges } from '../verbs/charges.js';
import { Checkout } from '../verbs/checkout.js';
import { ConfirmationTokens } from '../verbs/confirmation-tokens.js';
import { Customers } from '../verbs/customers.js';
import { Disputes } from '../verbs/disputes.js';
import { ExternalAccounts } from '../verbs/external-accounts.js';
import { Fees } from '../verbs/fees.js';
import { Files } from '../verbs/files.js';
import { FraudWarnings } from '../verbs/fraud-warnings.js';
import { Mandates } from '../verbs/mandates.js';
import { Onboarding } from '../verbs/onboarding.js';
import { PaymentIntents } from '../verbs/payment-intents.js';
import { PaymentLinks } from '../verbs/payment-links.js';
import { PaymentMethods } from '../verbs/payment-methods.js';
import { Payments } from '../verbs/payments.js';
import { PayoutJourney } from '../verbs/payout-journey.js';
import { PayoutRun } from '../verbs/payout-run.js';
import { Payouts } from '../verbs/payouts.js';
import { Persons } from '../verbs/persons.js';
import { RefundOutcomes } from '../verbs/refund-outcomes.js';
import { Refunds } from '../verbs/refunds.js';
import { Reversals } from '../verbs/reversals.js';
import { SessionPayments } from '../verbs/session-payments.js';
import { SetupIntents } from '../verbs/setup-intents.js';
import { Sources } from '../verbs/sources.js';
import { Topups } from '../verbs/topups.js';
import { Transfers } from '../verbs/transfers.js';
import { Core, type EngineOptions } from './core.js';

/** The whole of Stripe, as far as it is emulated, without HTTP: the core and what can happen, one verb after another. */
export class Engine extends Core {
  readonly accounts = new Accounts(this);
  readonly accountsV1 = new AccountsV1(this);
  readonly persons = new Persons(this);
  readonly externalAccounts = new ExternalAccounts(this);
  readonly accountLinks = new AccountLinks(this);
  readonly onboarding = new Onboarding(this);
  readonly checkout = new Checkout(this);
  readonly payments = new Payments(this);
  readonly cardPayments = new CardPayments(this);
  readonly bankDebits = new BankDebits(this);
  readonly disputes = new Disputes(this);
  readonly captures = new Captures(this);
  readonly cashBalances = new CashBalances(this);
  readonly challenges = new Challenges(this);
  readonly charges = new Charges(this);
  readonly confirmationTokens = new ConfirmationTokens(this);
  readonly customers = new Customers(this);
  readonly mandates = new Mandates(this);
  readonly paymentIntents = new PaymentIntents(this);
  readonly paymentLinks = new PaymentLinks(this);
  readonly paymentMethods = new PaymentMethods(this);
  readonly setupIntents = new SetupIntents(this);
  readonly sessionPayments = new SessionPayments(this);
  readonly sources = new Sources(this);
  readonly fees = new Fees(this);
  readonly files = new Files(this);
  readonly fraudWarnings = new FraudWarnings(this);
  readonly topups = new Topups(this);
  readonly transfers = new Transfers(this);
  readonly reversals = new Reversals(this);
  readonly refunds = new Refunds(this);
  readonly refundOutcomes = new RefundOutcomes(this);
  readonly cashRefunds = new CashRefunds(this);
  readonly payouts = new Payouts(this);
  readonly payoutRun = new PayoutRun(this);
  readonly payoutJourney = new PayoutJourney(this);
  // It follows what the others do, so it comes after them.
  readonly billing = billingVerbs(this);

  static async open(options: EngineOptions = {}): Promise<Engine> {
    const engine = new Engine(options);
    await engine.restore(options.now);
    engine.transact(() => engine.accounts.completeRecords());
    if (!engine.platform) engine.transact(() => engine.accounts.createPlatform(options));
    else if (options.name) engine.transact(() => engine.accounts.rename(engine.platform, options.name!));
    return engine;
  }
}
