import type Stripe from 'stripe';
import { invalid, lacking, Refusal } from '../engine/errors.js';
import { int, str } from '../http/params.js';
import { route } from '../http/route.js';
import { own } from './checkout-sessions.js';

type Session = Stripe.Checkout.Session;

interface Confirm {
  expected_amount?: number;
  payment_method?: string;
}

/** What Stripe's own scripts call for a buyer on a payment page; its answers are not documented, so the session is one. */
export const paymentPages = [
  route<object, Session>('GET', '/v1/payment_pages/:id', {}, (call) => own(call), { publishable: true }),
  route<Confirm, Session>(
    'POST',
    '/v1/payment_pages/:id/confirm',
    { expected_amount: int(), payment_method: str },
    (call, { expected_amount, payment_method }) => {
      const { engine, account } = call;
      const session = own(call);
      if (!payment_method) {
        throw lacking('payment_method');
      }
      if (expected_amount !== undefined && expected_amount !== session.amount_total) {
        throw invalid('The amount of this session has changed: look at it again before paying.', {
          param: 'expected_amount',
        });
      }
      const { billing_details: buyer } = engine.paymentMethods.need(account, payment_method);
      const result = engine.sessionPayments.byMethod(session.id, payment_method, {
        ...(buyer.email && { email: buyer.email }),
        ...(buyer.name && { name: buyer.name }),
        ...(buyer.phone && { phone: buyer.phone }),
        ...(buyer.address?.country && { country: buyer.address.country }),
        ...(buyer.address?.postal_code && { postal_code: buyer.address.postal_code }),
      });
      return result.outcome === 'declined' ? new Refusal(402, result.error) : result.session;
    },
    { publishable: true },
  ),
];
