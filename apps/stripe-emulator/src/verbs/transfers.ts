import type Stripe from 'stripe';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, lacking, missing } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { reaches } from './country-specs.js';
import { proportion } from './proportion.js';
import { newDestinationPayment, newTransfer } from './transfer-objects.js';

type Transfer = Stripe.Transfer;

/** Money from the platform to its sellers. */
export class Transfers {
  constructor(private readonly engine: Engine) {}

  /**
   * @param onBehalfOf the account in whose country the payment settles
   * @throws Refusal when the account does not exist, is out of reach, or may not be sent money now
   */
  checkDestination(id: string, param: string, onBehalfOf: string | null = null): void {
    const { accounts, platform, store } = this.engine;
    const record = store.get('account', '', id);
    if (!record || record.platform || record.deauthorized) throw missing('destination', id, param);
    if (!accounts.canReceive(record)) {
      throw invalid(
        'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
        { code: 'insufficient_capabilities_for_transfer', param },
      );
    }
    const { country, tos } = record;
    const near = country === null || reaches(accounts.need(platform).country!, country);
    // No money crosses borders to accounts that have no relationship with Stripe.
    if (country && id !== onBehalfOf && (!near || tos.agreement === 'recipient'))
      throw invalid(outOfReach(country, param === 'destination'));
  }

  /** The automatic transfer of a destination charge; gives back what the charge now shows. */
  forDestinationCharge(charge: Stripe.Charge, availableOn: number): Partial<Stripe.Charge> {
    const { engine } = this;
    const destination = idOf(charge.transfer_data!.destination)!;
    const paid = engine.store.need('balance_transaction', engine.platform, idOf(charge.balance_transaction)!);
    // What was exchanged on its way to the platform goes on as what it became.
    const settled = (amount: number) =>
      paid.exchange_rate === null ? amount : proportion(paid.amount, amount, charge.amount_captured, 0);
    const fee = settled(charge.application_fee_amount ?? 0);
    const intent = idOf(charge.payment_intent);
    const terms = intent ? engine.payments.need(intent).transfer_data : null;
    const share = Math.min(charge.transfer_data!.amount ?? charge.amount_captured, charge.amount_captured);
    const transfer = this.send({
      amount: settled(share),
      currency: paid.currency,
      destination,
      source: charge,
      group: groupOf(charge),
      description: terms?.description ?? null,
      metadata: terms?.metadata ?? {},
      ...(terms?.payment_data && { payment: terms.payment_data }),
      availableOn,
      fee,
    });
    const received = engine.store.need('charge', destination, idOf(transfer.destination_payment)!);
    const taken = engine.store
      .need('balance_transaction', destination, idOf(received.balance_transaction)!)
      .fee_details.find(({ type }) => type === 'application_fee');
    if (!charge.transfer_group) this.group(charge, transfer.transfer_group!);
    const applicationFee = taken
      ? engine.fees.collect({ ...charge, currency: taken.currency }, transfer, taken.amount, availableOn)
      : null;
    return {
      transfer: transfer.id,
      application_fee: applicationFee?.id ?? null,
    };
  }

  create(params: Stripe.TransferCreateParams): Transfer {
    const { engine } = this;
    const { currency, destination, source_transaction } = params;
    const source = source_transaction
      ? engine.store.need('charge', engine.platform, source_transaction, 'source_transaction')
      : null;
    this.checkDestination(destination, 'destination', idOf(source?.on_behalf_of));
    const transaction =
      source?.balance_transaction &&
      engine.store.need('balance_transaction', engine.platform, idOf(source.balance_transaction)!);
    const amount = params.amount ?? (transaction ? transaction.amount : undefined);
    if (amount === undefined) throw lacking('amount');
    if (source) this.checkSource(source, transaction || null, amount, currency);
    else if (engine.ledger.balance(engine.platform, currency).available < amount) {
      throw invalid(
        'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.',
        { code: 'balance_insufficient' },
      );
    }
    const group = params.transfer_group ?? (source ? groupOf(source) : null);
    if (source && !source.transfer_group) this.group(source, group!);
    return this.send({
      amount,
      currency,
      destination,
      source,
      group,
      description: params.description ?? null,
      metadata: (params.metadata ?? {}) as Stripe.Metadata,
      availableOn: transaction ? engine.ledger.alongside(transaction) : engine.clock.seconds(),
      fee: 0,
    });
  }

  /** A charge and what is sent of it belong together, by a name of Stripe's where the platform gave none. */
  private group(charge: Stripe.Charge, transfer_group: string): void {
    const { engine } = this;
    engine.store.update('charge', engine.platform, charge.id, { transfer_group });
    const intent = idOf(charge.payment_intent);
    if (intent) engine.store.update('payment_intent', engine.platform, intent, { transfer_group });
  }

  private checkSource(
    source: Stripe.Charge,
    paid: Stripe.BalanceTransaction | null,
    amount: number,
    currency: string,
  ): void {
    const { engine } = this;
    if (!paid || source.status !== 'succeeded')
      throw invalid(`Charge ${source.id} has no money yet that could be transferred.`, {
        param: 'source_transaction',
      });
    if (paid.currency !== currency) {
      throw invalid(
        `The currency of source_transaction's balance transaction (${paid.currency}) must be the same as the transfer currency (${currency})`,
        { param: 'currency' },
      );
    }
    const sent = engine.store
      .by('transfer', engine.platform, 'source_transaction', source.id)
      .reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
    if (sent + amount > paid.amount) {
      throw invalid(
        `Cannot use ${source.id} as a source_transaction: its transfers may not add up to more than ${words(paid.amount, currency)}.`,
        { param: 'amount' },
      );
    }
  }

  private send(order: SendOrder): Transfer {
    const { engine } = this;
    const { amount, currency, destination, availableOn, fee } = order;
    const ids = { transfer: engine.ids.next('tr'), destinationPayment: engine.ids.next('py') };
    const created = engine.clock.seconds();
    const out = engine.ledger.post(engine.platform, {
      type: 'transfer',
      amount: -amount,
      currency,
      source: ids.transfer,
      availableOn,
      description: order.description,
    });
    const cut = engine.fees.detailOf({ application_fee_amount: fee, currency });
    const received = engine.ledger.post(destination, {
      type: 'payment',
      amount,
      currency,
      source: ids.destinationPayment,
      availableOn,
      fees: cut ? [cut] : [],
    });
    const frame = { ...ids, created, livemode: engine.livemode, ...order };
    engine.store.insert('charge', destination, newDestinationPayment({ ...frame, transaction: received.id }));
    const transfer = engine.store.insert(
      'transfer',
      engine.platform,
      newTransfer({ ...frame, transaction: out.id }),
    );
    engine.events.emit(engine.platform, 'transfer.created', transfer);
    return transfer;
  }
}

export interface SendOrder {
  /** Minor units that leave the platform. */
  amount: number;
  currency: string;
  destination: string;
  source: Stripe.Charge | null;
  group: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  /** How the payment in the seller's account looks. */
  payment?: { description?: string; metadata?: Stripe.Metadata };
  /** Unix seconds. */
  availableOn: number;
  /** Application fee, minor units, that comes back out of the amount. */
  fee: number;
}

const groupOf = (charge: Stripe.Charge): string =>
  charge.transfer_group ?? `group_${idOf(charge.payment_intent) ?? charge.id}`;

function outOfReach(country: string, transfer: boolean): string {
  if (transfer)
    return `Funds can't be sent to accounts located in ${country} because it's restricted outside of your platform's region. For more information, see https://docs.stripe.com/connect/cross-border-payouts.`;
  return `Cannot create a destination charge for connected accounts in ${country} because funds would be settled on the platform and the connected account is outside the platform's region. You may use the \`on_behalf_of\` parameter to have the charge settle in the connected account's country.`;
}
