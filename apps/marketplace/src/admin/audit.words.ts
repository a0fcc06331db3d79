/** What was done, as an admin would say it. */
const words: Record<string, string> = {
  'api_key.created': 'Made an API key',
  'api_key.revoked': 'Revoked an API key',
  'user.admin_granted': 'Made someone an admin',
  'user.closed': 'Closed their account',
  'user.email_changed': 'Changed their e-mail',
  'user.password_changed': 'Changed their password',
  'fee_rule.created': 'Set a fee',
  'promotion.created': 'Made a promotion code',
  'promotion.ended': 'Ended a promotion code',
  'refund.requested': 'Refunded an order',
  'refund.attributed': 'Attributed a refund from Stripe’s dashboard',
  'debt.written_off': 'Wrote off a seller’s debt',
  'event.replayed': 'Replayed an event',
  'events.replayed': 'Replayed the dead letters',
  'refund.tried_again': 'Tried a refund’s open steps again',
  'payment_attention.resolved': 'Closed an odd payment',
  'order.refreshed': 'Asked Stripe about an order',
  'seller.refreshed': 'Asked Stripe about a shop',
  'books.check_requested': 'Had the books checked',
  'difference.explained': 'Explained a difference of the books',
  'difference.booked': 'Booked what was in suspense',
  'difference.booking_taken_back': 'Took a booking back to suspense',
  'audit.verified': 'Checked the audit log',
  'seller.created': 'Opened a shop',
  'seller.described': 'Changed a shop’s details',
  'seller.suspended': 'Suspended a shop',
  'seller.unsuspended': 'Lifted a shop’s suspension',
};

/** Actions of modules that this list does not know yet are still readable: `promotion.paused` is "Promotion paused". */
export function auditWords(action: string): string {
  const plain = action.replaceAll(/[._]/g, ' ');
  return words[action] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
