import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listFrom, listOf } from '../../http/lists.js';
import { int, list, metadata, object, oneOf, paging, range, required, str } from '../../http/params.js';
import { route } from '../../http/route.js';
import { moment } from './billing-params.js';
import { MOST } from './price-params.js';

type Note = Stripe.CreditNote;

const amount = int(0, MOST);

export const creditNotes = [
  route<Stripe.CreditNoteCreateParams, Note>(
    'POST',
    '/v1/credit_notes',
    {
      amount,
      credit_amount: amount,
      effective_at: moment,
      email_type: oneOf('credit_note', 'none'),
      invoice: required(str),
      lines: list(
        object({
          amount,
          description: str,
          invoice_line_item: str,
          quantity: int(1),
          type: required(oneOf('custom_line_item', 'invoice_line_item')),
          unit_amount: amount,
        }),
      ),
      memo: str,
      metadata,
      out_of_band_amount: amount,
      reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
      refund_amount: amount,
    },
    ({ engine, account }, params) => engine.billing.creditNotes.create(account, params),
  ),
  route<Stripe.CreditNoteListParams, Stripe.ApiList<Note>>(
    'GET',
    '/v1/credit_notes',
    { ...paging, created: range, customer: str, invoice: str },
    (call, params) =>
      listOf(call, 'credit_note', params, {
        ...(params.invoice && { index: { name: 'invoice', values: [params.invoice] } }),
        filter: (note) => !params.customer || idOf(note.customer) === params.customer,
      }),
  ),
  route<Stripe.CreditNoteRetrieveParams, Note>(
    'GET',
    '/v1/credit_notes/:id',
    {},
    ({ engine, account, ids }) => engine.billing.creditNotes.need(account, ids['id']!),
  ),
  route<Stripe.CreditNoteUpdateParams, Note>(
    'POST',
    '/v1/credit_notes/:id',
    { memo: str, metadata },
    ({ engine, account, ids }, params) => engine.billing.creditNotes.update(account, ids['id']!, params),
  ),
  route<Stripe.CreditNoteVoidCreditNoteParams, Note>(
    'POST',
    '/v1/credit_notes/:id/void',
    {},
    ({ engine, account, ids }) => engine.billing.creditNotes.void(account, ids['id']!),
  ),
  route<Stripe.CreditNoteListLineItemsParams, Stripe.ApiList<Stripe.CreditNoteLineItem>>(
    'GET',
    '/v1/credit_notes/:id/lines',
    paging,
    (call, params) =>
      listFrom(call, call.engine.billing.creditNotes.need(call.account, call.ids['id']!).lines.data, params),
  ),
];
