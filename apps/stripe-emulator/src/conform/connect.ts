import type Stripe from 'stripe';
import { pay, type Scenarios, type Stage } from './stage.js';

/** https://docs.stripe.com/connect/testing#account-numbers: what becomes of a payout to each. */
const BANKS: Record<string, string | null> = {
  '000123456789': null,
  '000111111116': 'no_account',
  '000111111113': 'account_closed',
  '000222222227': 'insufficient_funds',
};

/** What a platform does for its sellers. At Stripe these need an account with Connect. */
export const connect: Scenarios = {
  'a destination charge is split': async ({ stripe, show, claim, refused }) => {
    const seller = await openSeller(stripe);
    const share = { application_fee_amount: 123, transfer_data: { destination: seller } };
    const expand = ['latest_charge.balance_transaction', 'latest_charge.transfer.destination_payment'];
    const paid = await pay(stripe, { ...share, expand });
    const charge = paid.latest_charge as Stripe.Charge;
    const { fee } = charge.balance_transaction as Stripe.BalanceTransaction;
    const transfer = show('its transfer', charge.transfer as Stripe.Transfer);
    const arrived = transfer.destination_payment as Stripe.Charge;
    const received = await stripe.balanceTransactions.retrieve(
      arrived.balance_transaction as string,
      {},
      { stripeAccount: seller },
    );
    claim('10.00, 1.23, 0.59', [transfer.amount, fee, received.net], [1000, 59, 877]);
    const { amount: kept } = await stripe.applicationFees.retrieve(charge.application_fee as string);
    claim('the platform keeps 0.64', kept - fee, 64);
    const lone = stripe.refunds.create({ charge: charge.id, refund_application_fee: true });
    await refused('the fee without the transfer', lone);
    await stripe.refunds.create({ charge: charge.id, amount: 500, reverse_transfer: true, refund_application_fee: true }); // prettier-ignore
    const { amount_reversed } = await stripe.transfers.retrieve(transfer.id);
    const { amount_refunded } = await stripe.applicationFees.retrieve(charge.application_fee as string);
    claim('half of it comes back', [amount_reversed, [61, 62].includes(amount_refunded)], [500, true]);
    await stripe.accounts.del(seller);
  },

  'a payment is shared by transfers': async ({ stripe, show, claim, refused }) => {
    const [one, other] = [await openSeller(stripe), await openSeller(stripe)];
    const paid = await pay(stripe, { amount: 3000, transfer_group: 'conform' });
    const source_transaction = paid.latest_charge as string;
    const send = (destination: string, amount: number, currency = 'usd') =>
      stripe.transfers.create({ amount, currency, destination, source_transaction });
    const first = show('the first', await send(one, 1000));
    await send(other, 1500);
    await refused('more than came', send(one, 501));
    await refused('another currency', send(one, 100, 'eur'));
    const back = await stripe.transfers.createReversal(first.id, { amount: 400 });
    claim('a part of one comes back', back.amount, 400);
    await refused('more than went', stripe.transfers.createReversal(first.id, { amount: 601 }));
    await stripe.refunds.create({ payment_intent: paid.id });
    const { amount_reversed } = await stripe.transfers.retrieve(first.id);
    claim('a refund touches no transfer', amount_reversed, 400);
    for (const seller of [one, other]) await stripe.accounts.del(seller);
  },

  'payouts arrive or come back': async (stage) => {
    for (const [number, code] of Object.entries(BANKS))
      stage.claim(number, await payOut(stage, number), code === null ? ['paid', null] : ['failed', code]);
  },

  'an account of the second version answers both': async ({ stripe, show, claim }) => {
    const account = show('made', await stripe.v2.core.accounts.create({
      contact_email: 'seller@example.com',
      dashboard: 'express',
      identity: { country: 'us' },
      defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
      include: ['configuration.recipient', 'requirements'],
    })); // prettier-ignore
    const { capabilities } = account.configuration!.recipient!;
    claim('not yet', capabilities?.stripe_balance?.stripe_transfers?.status, 'restricted');
    const bare = await stripe.v2.core.accounts.retrieve(account.id);
    claim('what was not asked for', bare.configuration ?? null, null);
    const older = show('by v1', await stripe.accounts.retrieve(account.id));
    claim('the same', [older.object, older.id === account.id], ['account', true]);
    const closed = await stripe.v2.core.accounts.close(account.id, { applied_configurations: ['recipient'] });
    claim('closed', closed.closed, true);
  },
};

/** One whose details the platform gives itself, complete as Stripe's test values are. */
async function openSeller(stripe: Stripe, account_number = '000123456789'): Promise<string> {
  const { id } = await stripe.accounts.create({
    country: 'US',
    controller: {
      fees: { payer: 'application' },
      losses: { payments: 'application' },
      requirement_collection: 'application',
      stripe_dashboard: { type: 'none' },
    },
    capabilities: { transfers: { requested: true } },
    business_type: 'individual',
    business_profile: { mcc: '5734', product_description: 'Bowls' },
    individual: {
      first_name: 'Jenny',
      last_name: 'Rosen',
      email: 'jenny@example.com',
      phone: '0000000000',
      dob: { day: 1, month: 1, year: 1901 },
      address: {
        line1: 'address_full_match',
        city: 'Columbus',
        state: 'OH',
        postal_code: '43214',
        country: 'US',
      },
      id_number: '000000000',
    },
    external_account: {
      object: 'bank_account',
      country: 'US',
      currency: 'usd',
      routing_number: '110000000',
      account_number,
    } as never,
    tos_acceptance: { date: Math.floor(Date.now() / 1000) - 60, ip: '203.0.113.7' },
  });
  return id;
}

/** A payout by hand of money that is there at once. @returns how it ended, and why */
async function payOut({ stripe, show, later, refused }: Stage, bank: string) {
  const seller = await openSeller(stripe, bank);
  const on = { stripeAccount: seller };
  await stripe.balanceSettings.update({ payments: { payouts: { schedule: { interval: 'manual' } } } }, on);
  const paid = await pay(stripe, { amount: 4000, payment_method: 'pm_card_bypassPending' });
  await later(async () => (await stripe.accounts.retrieve(seller)).payouts_enabled);
  await stripe.transfers.create({
    amount: 2000,
    currency: 'usd',
    destination: seller,
    source_transaction: paid.latest_charge as string,
  });
  const payout = await stripe.payouts.create({ amount: 2000, currency: 'usd' }, on);
  const ended = await later(async () => {
    const now = await stripe.payouts.retrieve(payout.id, {}, on);
    const wanted = BANKS[bank] === null ? 'paid' : 'failed';
    return now.status === wanted && now;
  });
  await refused(`${bank}, too late to cancel`, stripe.payouts.cancel(payout.id, {}, on));
  const lines = stripe.balanceTransactions.list({ payout: payout.id }, on);
  await refused(`${bank}, what it consists of`, lines);
  if (!ended) return null;
  show(`${bank}, in the end`, ended);
  return [ended.status, ended.failure_code];
}
