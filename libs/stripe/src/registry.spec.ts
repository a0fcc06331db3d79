import { ownersByEvent, type StripeObjectDeclaration } from './registry.js';
import { subscribedEvents } from './subscribed-events.js';

const all: StripeObjectDeclaration = { object: 'everything', events: subscribedEvents };
const without = (type: string): StripeObjectDeclaration => ({
  object: 'nearly everything',
  events: { ...subscribedEvents, payments: subscribedEvents.payments.filter((one) => one !== type) },
});

describe('the registry of Stripe’s objects', () => {
  it('knows the owner of each event at each door', () => {
    const refund = { object: 'refund', events: { payments: ['refund.failed'] } };
    const owners = ownersByEvent([
      [without('refund.failed'), 'rest'],
      [refund, 'refunds'],
    ]);
    expect(owners.get('payments refund.failed')).toBe('refunds');
    expect(owners.get('accounts payout.paid')).toBe('rest');
  });

  it('refuses an event that nobody owns', () => {
    expect(() => ownersByEvent([[without('refund.failed'), 0]])).toThrow(
      'nobody owns refund.failed at the door “payments”',
    );
  });

  it('refuses an event that two own', () => {
    const second = { object: 'refund', events: { payments: ['refund.failed'] } };
    expect(() =>
      ownersByEvent([
        [all, 0],
        [second, 1],
      ]),
    ).toThrow('refund.failed has two owners');
  });

  it('refuses an owner of what the door does not subscribe to', () => {
    const stray = { object: 'dispute', events: { accounts: ['charge.dispute.created'] } };
    expect(() =>
      ownersByEvent([
        [all, 0],
        [stray, 1],
      ]),
    ).toThrow('does not subscribe to');
  });
});
