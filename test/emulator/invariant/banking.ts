import type { Verb } from './life.js';

const GOOD_BANK = { account_number: '000123456789', currency: 'usd' };

const payOut: Verb = (life) => {
  const account = life.anyone();
  life.engine.payouts.create(account, life.payable(account));
};

const payOutAtOnce: Verb = (life) => {
  const account = life.dice.pick(life.merchants);
  life.engine.payouts.create(account, { method: 'instant', ...life.payable(account, ['usd']) });
};

const callBack: Verb = (life) => {
  const account = life.anyone();
  const { id } = life.some('payout', account, ({ status, automatic }) => status === 'pending' && !automatic);
  life.engine.payouts.cancel(account, id);
};

/** A bank sends money back, perhaps long after it was paid. The account is given another bank, most times. */
const failPayout: Verb = (life) => {
  const account = life.anyone();
  const gone = ['failed', 'canceled'];
  const { id } = life.some('payout', account, ({ status }) => !gone.includes(status));
  life.engine.payoutJourney.fail(account, id, 'account_closed');
  if (life.dice.happens(0.8)) life.engine.externalAccounts.set(account, GOOD_BANK);
};

const reversePayout: Verb = (life) => {
  const account = life.anyone();
  const { id } = life.some('payout', account, ({ status }) => status === 'paid');
  life.engine.payouts.reverse(account, id, {});
};

const topUp: Verb = (life) => {
  life.engine.topups.create(life.platform, {
    amount: life.dice.upTo(9000),
    currency: life.ownCurrency(),
    ...(life.dice.happens(0.2) && { source: 'btok_us_verified_noAccount' }),
  });
};

const undoTopUp: Verb = (life) => {
  const { topups } = life.engine;
  const { id, status } = life.some('topup', life.platform, (one) =>
    ['pending', 'succeeded'].includes(one.status),
  );
  if (status === 'pending') topups.cancel(life.platform, id);
  else topups.reverse(life.platform, id);
};

const settings: Verb = (life) => {
  const { dice } = life;
  life.engine.payouts.changeSettings(life.anyone(), {
    payments: {
      debit_negative_balances: dice.happens(0.6),
      payouts: { schedule: { interval: dice.pick(['daily', 'daily', 'manual']) } },
    },
  });
};

/** Which currencies somebody holds can change while money is on its way. */
const settle: Verb = (life) => {
  if (!life.exchanges) return;
  life.engine.settlement.set(life.seller(), life.dice.pick([['usd'], ['usd', 'eur'], ['usd', 'jpy', 'huf']]));
};

/** A seller leaves, with whatever they have or owe, and another one comes. */
const close: Verb = (life) => {
  const leaving = life.seller();
  if (life.dice.happens(0.5)) life.engine.accountsV1.delete(leaving);
  else life.engine.accounts.close(leaving);
  life.sellers.splice(life.sellers.indexOf(leaving), 1, life.addSeller(GOOD_BANK.account_number));
};

/** So does a merchant, whose payments can still be refunded and disputed. */
const closeMerchant: Verb = (life) => {
  const leaving = life.dice.pick(life.merchants);
  life.engine.accountsV1.delete(leaving);
  const payer = life.engine.accounts.need(leaving).fees_collector === 'stripe' ? 'account' : 'application';
  life.merchants.splice(life.merchants.indexOf(leaving), 1, life.addMerchant(payer));
};

export const BANKING = {
  payOut,
  payOutAtOnce,
  callBack,
  failPayout,
  reversePayout,
  topUp,
  undoTopUp,
  settings,
  settle,
  close,
  closeMerchant,
};
