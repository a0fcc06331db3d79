import type { VNode } from 'preact';
import type { Actor } from '#kernel';
import type { RefundPreview, Refunds, RefundView } from '#refunds';
import { type FieldErrors, seeOther, type Typed, withForm } from '../http/index.js';
import { RefundForm } from './refunds.dto.js';
import { type As, RefundFormView, RefundStories, sellerPart } from './refunds.parts.js';

interface Ask {
  readonly actor: Actor;
  /** Null for an admin. */
  readonly sellerId: string | null;
  readonly orderId: string;
  readonly body: unknown;
  /** Where it is shown that it was done. */
  readonly done: string;
}

/** What the form was sent for, by a shop or an admin; `redraw` shows it again with what is wrong. */
export function refundByForm(
  refunds: Refunds,
  { actor, sellerId, orderId, body, done }: Ask,
  redraw: (typed: Typed, errors: FieldErrors) => VNode | Promise<VNode>,
) {
  return withForm(
    RefundForm,
    body,
    async ({ amount, reason }) => {
      const refund = await refunds.request(actor, sellerId, { orderId, reason, amount: BigInt(amount) });
      const part = sellerPart(refund, sellerId === null ? 'admin' : 'seller');
      return seeOther(done, {
        tone: 'good',
        text: `${refund.amount.format()} goes back to the buyer. ${part}`,
      });
    },
    (errors, typed) => redraw(typed, errors),
  );
}

/** The figures and the button, and the refunds that there were. */
export const RefundOfOrder = (props: {
  order: string;
  preview: RefundPreview;
  refunds: readonly RefundView[];
  typed: Typed;
  errors: FieldErrors;
  as: As;
}) => (
  <>
    <RefundFormView
      action={`${props.order}/refund`}
      back={props.order}
      preview={props.preview}
      typed={props.typed}
      errors={props.errors}
      as={props.as}
    />
    <RefundStories refunds={props.refunds} as={props.as} />
  </>
);
