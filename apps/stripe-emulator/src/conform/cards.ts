import type Stripe from 'stripe';
import { customerWith, NAME, pay, type Scenarios, type Stage } from './stage.js';

const BACK = { return_url: 'https://shop.example/back' };

/** https://docs.stripe.com/testing#declined-payments: code and decline code. */
const DECLINES: Record<string, [string, string]> = {
  pm_card_visa_chargeDeclined: ['card_declined', 'generic_decline'],
  pm_card_visa_chargeDeclinedInsufficientFunds: ['card_declined', 'insufficient_funds'],
  pm_card_visa_chargeDeclinedLostCard: ['card_declined', 'lost_card'],
  pm_card_visa_chargeDeclinedStolenCard: ['card_declined', 'stolen_card'],
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: ['card_declined', 'card_velocity_exceeded'],
  pm_card_chargeDeclinedExpiredCard: ['expired_card', 'expired_card'],
  pm_card_chargeDeclinedIncorrectCvc: ['incorrect_cvc', 'incorrect_cvc'],
  pm_card_chargeDeclinedProcessingError: ['processing_error', 'processing_error'],
  pm_card_radarBlock: ['card_declined', 'fraudulent'],
};

const BRANDS: Record<string, string> = {
  pm_card_visa: 'visa',
  pm_card_visa_debit: 'visa',
  pm_card_mastercard: 'mastercard',
  pm_card_mastercard_debit: 'mastercard',
  pm_card_mastercard_prepaid: 'mastercard',
  pm_card_amex: 'amex',
  pm_card_discover: 'discover',
  pm_card_diners: 'diners',
  pm_card_jcb: 'jcb',
  pm_card_unionpay: 'unionpay',
};

/** What each of Stripe's test cards does. https://docs.stripe.com/testing */
export const cards: Scenarios = {
  'cards of every brand pay': async ({ stripe, show, claim }) => {
    for (const [payment_method, brand] of Object.entries(BRANDS)) {
      const paid = await pay(stripe, { payment_method, expand: ['latest_charge'] });
      const { card } = (paid.latest_charge as Stripe.Charge).payment_method_details!;
      claim(payment_method, [paid.status, card?.brand], ['succeeded', brand]);
      show(payment_method, card);
    }
  },

  'cards are declined': async ({ stripe, refused, claim }) => {
    for (const [card, [code, decline_code]] of Object.entries(DECLINES))
      await refused(card, pay(stripe, { payment_method: card }), {
        type: 'StripeCardError',
        code,
        decline_code,
      });
    const { id } = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    await stripe.paymentIntents
      .confirm(id, { payment_method: 'pm_card_visa_chargeDeclined', ...BACK })
      .catch(() => null);
    const { status, last_payment_error } = await stripe.paymentIntents.retrieve(id);
    const seen = [status, last_payment_error?.code, last_payment_error?.decline_code];
    claim('a declined payment can be tried again', seen, [
      'requires_payment_method',
      'card_declined',
      'generic_decline',
    ]);
    await stripe.paymentIntents.cancel(id);
  },

  'a card is kept and declines later': async ({ stripe, refused }) => {
    const customer = await customerWith(stripe, 'pm_card_chargeCustomerFail');
    const { data } = await stripe.customers.listPaymentMethods(customer);
    const later = pay(stripe, { customer, payment_method: data[0]!.id, off_session: true });
    await refused('charged', later, { code: 'card_declined' });
    await stripe.customers.del(customer);
  },

  'a card asks for authentication': async ({ stripe, show, claim }) => {
    for (const card of [
      'pm_card_authenticationRequired',
      'pm_card_authenticationRequiredOnSetup',
      'pm_card_threeDSecure2Required',
      'pm_card_threeDSecureRequiredChargeDeclined',
    ]) {
      const asked = show(card, await pay(stripe, { payment_method: card, ...BACK }));
      claim(card, [asked.status, asked.next_action?.type], ['requires_action', 'redirect_to_url']);
      const { status } = await stripe.paymentIntents.cancel(asked.id);
      claim(`${card}, given up`, status, 'canceled');
    }
    const free = await pay(stripe, { payment_method: 'pm_card_threeDSecureOptional' });
    claim('one that only could', free.status, 'succeeded');
  },

  'a saved card is charged without its owner': async ({ stripe, claim, refused }) => {
    const { id: customer } = await stripe.customers.create({ name: NAME });
    const save = async (payment_method: string) => {
      const automatic_payment_methods = { enabled: true, allow_redirects: 'never' } as const;
      const given = { customer, payment_method, confirm: true, automatic_payment_methods };
      const { payment_method: saved } = await stripe.setupIntents.create(given);
      return saved as string;
    };
    const plain = await save('pm_card_visa');
    const paid = await pay(stripe, { customer, payment_method: plain, off_session: true });
    claim('an ordinary one', paid.status, 'succeeded');
    const attached = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
    const asking = pay(stripe, { customer, payment_method: attached.id, off_session: true });
    await refused('one that always asks', asking, { code: 'authentication_required' });
    await stripe.customers.del(customer);
  },

  'a payment is available at once': async ({ stripe, claim }) => {
    const paid = await pay(stripe, {
      payment_method: 'pm_card_bypassPending',
      expand: ['latest_charge.balance_transaction'],
    });
    const { balance_transaction } = paid.latest_charge as Stripe.Charge;
    claim('its money', (balance_transaction as Stripe.BalanceTransaction).status, 'available');
  },

  'refunds wait or fail': async ({ stripe, show, claim, later }) => {
    const end = async (payment_method: string, ending: string) => {
      const { id } = await pay(stripe, { payment_method });
      const refund = show(payment_method, await stripe.refunds.create({ payment_intent: id }));
      const ended = await later(async () => {
        const now = await stripe.refunds.retrieve(refund.id);
        return now.status === ending && now;
      });
      if (ended) show(`${payment_method}, in the end`, ended);
      return [refund.status, ended && ending];
    };
    claim('waits', await end('pm_card_pendingRefund', 'succeeded'), ['pending', 'succeeded']);
    claim('fails', await end('pm_card_refundFail', 'failed'), ['succeeded', 'failed']);
  },

  'payments are disputed': async (stage) => {
    const won = await dispute(stage, 'pm_card_createDispute', 'winning_evidence');
    stage.claim('fraud, won', won, ['fraudulent', 'needs_response', 1000, 'won', [-1000, 1000]]);
    const lost = await dispute(stage, 'pm_card_createDisputeProductNotReceived', 'losing_evidence');
    stage.claim('not received, lost', lost, [
      'product_not_received',
      'needs_response',
      1000,
      'lost',
      [-1000],
    ]);
    const asked = await dispute(stage, 'pm_card_createDisputeInquiry', 'winning_evidence');
    stage.claim('an inquiry, answered', asked, [
      'general',
      'warning_needs_response',
      1000,
      'warning_closed',
      [],
    ]);
  },
};

/** Has a payment disputed and answers it. @returns reason, status and amount at first, status and movements in the end */
async function dispute({ stripe, show, later, refused }: Stage, card: string, words: string) {
  const paid = await pay(stripe, { payment_method: card });
  const opened = await later(async () => (await stripe.disputes.list({ payment_intent: paid.id })).data[0]);
  if (!opened) return null;
  show(`${card}, opened`, opened);
  const { id, status, reason, amount } = opened;
  if (!opened.is_charge_refundable)
    await refused(`${card}, refunded`, stripe.refunds.create({ payment_intent: paid.id }), {
      code: 'charge_disputed',
    });
  await stripe.disputes.update(id, { evidence: { uncategorized_text: words }, submit: true });
  const decided = await later(async () => {
    const now = await stripe.disputes.retrieve(id);
    return ['won', 'lost', 'warning_closed'].includes(now.status) && now;
  });
  if (!decided) return null;
  show(`${card}, decided`, decided);
  return [reason, status, amount, decided.status, decided.balance_transactions.map((one) => one.amount)];
}
