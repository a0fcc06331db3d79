import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import { object, oneOf, paging, range, required, str } from '../../http/params.js';
import { route } from '../../http/route.js';

type Payment = Stripe.InvoicePayment;

export const invoicePayments = [
  route<Stripe.InvoicePaymentListParams, Stripe.ApiList<Payment>>(
    'GET',
    '/v1/invoice_payments',
    {
      ...paging,
      created: range,
      invoice: str,
      payment: object({ payment_intent: str, type: required(oneOf('payment_intent')) }),
      status: oneOf('canceled', 'open', 'paid'),
    },
    (call, params) => {
      const { invoice, payment, status } = params;
      const intent = payment?.payment_intent;
      const index = intent
        ? { name: 'payment_intent', values: [intent] }
        : invoice && { name: 'invoice', values: [invoice] };
      return listOf(call, 'invoice_payment', params, {
        ...(index && { index }),
        filter: (one) => (!invoice || one.invoice === invoice) && (!status || one.status === status),
      });
    },
  ),
  route<Stripe.InvoicePaymentRetrieveParams, Payment>(
    'GET',
    '/v1/invoice_payments/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('invoice_payment', account, ids['id']!),
  ),
];
