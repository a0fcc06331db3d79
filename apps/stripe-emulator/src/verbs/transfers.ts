import type Stripe from 'stripe';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { newDestinationPayment, newTransfer } from './transfer-objects.js';

type Transfer = Stripe.Transfer;

/** Money from the platform to its sellers. */
export class Transfers {
  constructor(private readonly engine: Engine) {}

  /** @throws Refusal when the account does not exist or may not be sent money now. */
  checkDestination(id: string, param: string): void {
    const { accounts, store } = this.engine;
    const record = store.get('account', '', id);
    if (!record || record.platform || record.deauthorized) throw missing('destination', id, param);
    if (!accounts.canReceive(record)) {
      throw invalid(
        'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
        { code: 'insufficient_capabilities_for_transfer', param },
      );
    }
  }

  /** The automatic transfer of a destination charge; gives back what the charge now shows. */
  forDestinationCharge(charge: Stripe.Charge, availableOn: number): Partial<Stripe.Charge> {
    const { engine } = this;
    const destination = idOf(charge.transfer_data!.destination)!;
    const fee = charge.application_fee_amount ?? 0;
    const transfer = this.send({
      amount: charge.transfer_data!.amount ?? charge.amount,
      currency: charge.currency,
      destination,
      source: charge,
      group: charge.transfer_group ?? `group_${idOf(charge.payment_intent)}`,
      description: null,
      metadata: {},
      availableOn,
      fee,
    });
    const applicationFee = fee > 0 ? engine.fees.collect(charge, transfer, fee, availableOn) : null;
    return {
      transfer: transfer.id,
      transfer_group: transfer.transfer_group,
      application_fee: applicationFee?.id ?? null,
    };
  }

  create(params: Stripe.TransferCreateParams): Transfer {
    const { engine } = this;
    const { currency, destination, source_transaction } = params;
    this.checkDestination(destination, 'destination');
    const source = source_transaction
      ? engine.store.need('charge', engine.platform, source_transaction, 'source_transaction')
      : null;
    const amount = params.amount ?? source?.amount;
    if (amount === undefined)
      throw invalid('Missing required param: amount.', { code: 'parameter_missing', param: 'amount' });
    if (source) this.checkSource(source, amount, currency);
    else if (engine.ledger.balance(engine.platform, currency).available < amount) {
      throw invalid(
        'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.',
        { code: 'balance_insufficient' },
      );
    }
    const transaction =
      source && engine.store.need('balance_transaction', engine.platform, idOf(source.balance_transaction)!);
    return this.send({
      amount,
      currency,
      destination,
      source,
      group: params.transfer_group ?? source?.transfer_group ?? null,
      description: params.description ?? null,
      metadata: (params.metadata ?? {}) as Stripe.Metadata,
      availableOn: transaction ? engine.ledger.alongside(transaction) : engine.clock.seconds(),
      fee: 0,
    });
  }

  private checkSource(source: Stripe.Charge, amount: number, currency: string): void {
    const { engine } = this;
    if (source.currency !== currency) {
      throw invalid(
        `The currency of source_transaction's balance transaction (${source.currency}) must be the same as the transfer currency (${currency})`,
        {
          param: 'currency',
        },
      );
    }
    const sent = engine.store
      .by('transfer', engine.platform, 'source_transaction', source.id)
      .reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
    if (source.status !== 'succeeded' || sent + amount > source.amount) {
      throw invalid(
        `Cannot use ${source.id} as a source_transaction: its transfers may not add up to more than ${words(source.amount, currency)}.`,
        { param: 'amount' },
      );
    }
  }

  private send(order: SendOrder): Transfer {
    const { engine } = this;
    const { amount, currency, destination, availableOn, fee } = order;
    const ids = { transfer: engine.ids.next('tr'), payment: engine.ids.next('py') };
    const created = engine.clock.seconds();
    const out = engine.ledger.post(engine.platform, {
      type: 'transfer',
      amount: -amount,
      currency,
      source: ids.transfer,
      availableOn,
      description: order.description,
    });
    const application = `ca_${engine.platform.slice(5)}`;
    const feeDetail = {
      amount: fee,
      application,
      currency,
      description: 'Application fee',
      type: 'application_fee',
    };
    const received = engine.ledger.post(destination, {
      type: 'payment',
      amount,
      currency,
      source: ids.payment,
      availableOn,
      fees: fee > 0 ? [feeDetail] : [],
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
  /** Unix seconds. */
  availableOn: number;
  /** Application fee, minor units, that comes back out of the amount. */
  fee: number;
}
