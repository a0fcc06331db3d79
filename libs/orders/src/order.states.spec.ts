import { cancelWords, orderStates, orderStatuses } from './order.states.js';
import { purchaseState } from './purchase.rules.js';

describe('the states of an order', () => {
  it('only Stripe’s word makes an order paid, from wherever it was unpaid', () => {
    expect(orderStatuses.filter((status) => orderStates.can(status, 'pay'))).toEqual([
      'awaiting_payment',
      'processing',
      'canceled',
    ]);
  });

  it('what is paid is never canceled: it is refunded', () => {
    for (const status of ['paid', 'shipped', 'refunded'] as const)
      expect(orderStates.can(status, 'cancel')).toBe(false);
  });

  it('nothing is shipped before it is paid', () => {
    for (const status of ['awaiting_payment', 'processing', 'canceled'] as const)
      expect(orderStates.can(status, 'ship')).toBe(false);
  });

  it('every reason to cancel says that nothing was charged', () => {
    for (const reason of [
      'expired',
      'payment_failed',
      'changed',
      'seller_closed',
      'refused',
      'abandoned',
    ] as const)
      expect(cancelWords(reason)).toContain('Nothing was charged');
  });
});

describe('the state of a purchase', () => {
  it.each([
    [['awaiting_payment', 'awaiting_payment'], 'open'],
    [['processing'], 'processing'],
    [['paid', 'awaiting_payment'], 'part_paid'],
    [['paid', 'canceled'], 'part_paid'],
    [['paid', 'shipped', 'refunded'], 'paid'],
    [['canceled', 'canceled'], 'canceled'],
    [['canceled', 'awaiting_payment'], 'open'],
  ] as const)('%j is %s', (statuses, state) => {
    expect(purchaseState(statuses)).toBe(state);
  });
});
