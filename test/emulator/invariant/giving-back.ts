import type { Verb } from './life.js';

const refund: Verb = (life) => {
  const { dice } = life;
  const account = life.payee();
  const charge = life.some('charge', account);
  const reverse_transfer = Boolean(charge.transfer) && dice.happens(0.5);
  const free = reverse_transfer || account !== life.platform;
  const refund_application_fee = free && Boolean(charge.application_fee) && dice.happens(0.5);
  const amount = dice.upTo(charge.amount);
  life.engine.refunds.create(
    { charge: charge.id, amount, reverse_transfer, refund_application_fee },
    account,
  );
};

/** What a customer sent and did not spend goes back to their bank, once they have said which. */
const refundCash: Verb = (life) => {
  const { engine, dice, platform } = life;
  const { id, available } = life.some('cash_balance', platform, (row) =>
    Object.values(row.available).some((amount) => amount > 0),
  );
  const [currency, amount] = Object.entries(available).find(([, left]) => left > 0)!;
  const refund = engine.refunds.create({
    origin: 'customer_balance',
    customer: id,
    amount: dice.upTo(amount),
    currency,
    instructions_email: 'ada@example.com',
  });
  if (dice.happens(0.3)) engine.cashRefunds.cancel(platform, refund.id);
};

const refundFee: Verb = (life) => {
  const fee = life.some('application_fee', life.platform);
  life.engine.fees.refund(fee.id, { amount: life.dice.upTo(fee.amount) });
};

const reverse: Verb = (life) => {
  const transfer = life.some('transfer', life.platform);
  life.engine.reversals.create(transfer.id, {
    amount: life.dice.upTo(transfer.amount),
    ...(transfer.source_transaction && life.dice.happens(0.3) && { refund_application_fee: true }),
  });
};

const dispute: Verb = (life) => {
  const account = life.payee();
  const charge = life.some('charge', account);
  life.engine.disputes.open(account, charge.id, {
    reason: 'fraudulent',
    inquiry: life.dice.happens(0.3),
    amount: life.dice.upTo(charge.amount),
  });
};

const OVER = ['won', 'lost', 'warning_closed'];

const answer: Verb = (life) => {
  const account = life.payee();
  const { id } = life.some('dispute', account, ({ status }) => !OVER.includes(status));
  const { disputes } = life.engine;
  const how = life.dice.roll();
  if (how < 0.2) disputes.accept(account, id);
  else if (how < 0.4) disputes.escalate(account, id);
  else if (how < 0.6) disputes.decide(account, id, life.dice.pick(['won', 'lost']));
  else {
    const words = ['winning_evidence', 'losing_evidence', 'escalate_inquiry_evidence', 'Sent by post'];
    disputes.update(account, id, { evidence: { uncategorized_text: life.dice.pick(words) } });
  }
};

export const GIVING_BACK = { refund, refundCash, refundFee, reverse, dispute, answer };
