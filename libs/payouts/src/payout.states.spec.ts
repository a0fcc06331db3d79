import { isNewer, toPayoutStatus } from './payout.states.js';

describe('the states of a payout', () => {
  it('let a paid payout fail, and a picture from before that change nothing', () => {
    expect(isNewer('paid', 'failed')).toBe(true);
    expect(isNewer('failed', 'paid')).toBe(false);
    expect(isNewer('in_transit', 'pending')).toBe(false);
    expect(isNewer('paid', 'in_transit')).toBe(false);
    expect(isNewer('paid', 'canceled')).toBe(false);
    expect(isNewer('pending', 'paid')).toBe(true);
    expect(isNewer('paid', 'paid')).toBe(true);
  });

  it('are Stripe’s, and no others', () => {
    expect(toPayoutStatus('in_transit')).toBe('in_transit');
    expect(toPayoutStatus('lost')).toBeNull();
  });
});
