import type Stripe from 'stripe';
import type { World } from './world.js';

type Movement = Parameters<World['emulator']['engine']['ledger']['post']>[1];
/** How much one unit of each other currency is in the account's own; all with two decimals. */
type Rates = Readonly<Record<string, number>>;

/**
 * Balance transactions as Stripe's: an account that holds one currency only sees everything else converted to it, with the
 * rate beside it. A destination charge transfers what it settled to, and its application fee is of the seller's currency.
 * docs.stripe.com/connect/currencies
 */
export function holdsOnly(world: World, account: string, currency: string, rates: Rates): void {
  const { engine } = world.emulator;
  const { ledger, store, fees } = engine;
  const converted = (amount: number, from: string) =>
    from === currency ? amount : Math.round(amount * rates[from]!);

  const post = ledger.post.bind(ledger);
  ledger.post = (where, movement) => {
    if (where !== account || movement.currency === currency) return post(where, movement);
    const transaction = post(where, {
      ...movement,
      amount: converted(movement.amount, movement.currency),
      currency,
      fees: (movement.fees ?? []).map((fee) => ({
        ...fee,
        amount: converted(fee.amount, fee.currency),
        currency,
      })),
    } satisfies Movement);
    return store.update('balance_transaction', where, transaction.id, {
      exchange_rate: rates[movement.currency]!,
    });
  };

  const total = ledger.total.bind(ledger);
  ledger.total = (where, asked) =>
    where === account && asked !== currency
      ? Math.round(total(where, currency) / rates[asked]!)
      : total(where, asked);

  if (account === engine.platform) {
    const transfers = engine.transfers as unknown as { send(order: Order): Stripe.Transfer };
    const send = transfers.send.bind(transfers);
    transfers.send = (order) =>
      send({
        ...order,
        amount: converted(order.amount, order.currency),
        fee: converted(order.fee, order.currency),
        currency,
      });
    return;
  }
  const collect = fees.collect.bind(fees);
  fees.collect = (charge, transfer, amount, availableOn) => {
    if (transfer.destination !== account) return collect(charge, transfer, amount, availableOn);
    const payment = store.need('charge', account, transfer.destination_payment as string);
    const received = store.need('balance_transaction', account, payment.balance_transaction as string);
    const taken = received.fee_details.find(({ type }) => type === 'application_fee')!;
    return collect({ ...charge, currency: taken.currency }, transfer, taken.amount, availableOn);
  };
}

interface Order {
  readonly amount: number;
  readonly currency: string;
  readonly fee: number;
}
