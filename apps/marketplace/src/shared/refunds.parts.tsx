import type { DebtStatus } from '#debts';
import type { Money } from '#kernel';
import type { RefundPreview, RefundStatus, RefundView } from '#refunds';
import type { FieldErrors, Typed } from '../http/index.js';
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Card,
  Columns,
  DescriptionList,
  formatMoney,
  FormErrors,
  Notice,
  PostForm,
  TextArea,
  type TimelineEntry,
  type Tone,
} from '../ui/index.js';

const statuses: Record<RefundStatus, { tone: Tone; word: string }> = {
  requested: { tone: 'waiting', word: 'Being asked for' },
  pending: { tone: 'waiting', word: 'On its way' },
  succeeded: { tone: 'good', word: 'Refunded' },
  failed: { tone: 'bad', word: 'Came back' },
  refused: { tone: 'bad', word: 'Refused' },
};

export const refundWord = (status: RefundStatus): string => statuses[status].word;

export const RefundBadge = ({ refund }: { refund: Pick<RefundView, 'status'> }) => (
  <Badge tone={statuses[refund.status].tone}>{statuses[refund.status].word}</Badge>
);

export const debtWords: Record<DebtStatus, { tone: Tone; word: string }> = {
  pending: { tone: 'waiting', word: 'Open' },
  recovered: { tone: 'good', word: 'Paid back' },
  written_off: { tone: 'neutral', word: 'Written off' },
};

export type As = 'seller' | 'admin';

/** With a true minus, which screen readers say. */
export const signed = ({ amount, currency }: Money): string => formatMoney(amount, currency);

/** What the seller gives back, less the fee that returns to them; two amounts where Stripe converted only one of them. */
function takenBack({ fee, reversal }: Pick<RefundView, 'fee' | 'reversal'>): string {
  if (fee.currency === reversal.currency) return reversal.minus(fee).format();
  return fee.isZero ? reversal.format() : `${reversal.format()} less ${fee.format()}`;
}

/** By how much a refund changes the seller's balance, with a true sign. */
export function sellerChange({ fee, reversal }: Pick<RefundView, 'fee' | 'reversal'>): string {
  if (fee.currency === reversal.currency) return signed(fee.minus(reversal));
  return `${signed(reversal.negated())} and +${fee.format()}`;
}

/** What the seller's part has come to, in a sentence, as the seller or everybody else reads it. */
export function sellerPart(
  { feeStep, reversalStep, fee, reversal, status }: RefundView,
  as: As = 'admin',
): string {
  const net = takenBack({ fee, reversal });
  const [whose, from, they, their] =
    as === 'seller' ? ['Your', 'you', 'You', 'your'] : ['The seller’s', 'the seller', 'They', 'their'];
  if (status === 'refused') return 'Nothing moved.';
  if (reversalStep === 'none') return `${whose} balance is not touched.`;
  if (reversalStep === 'dropped') return `Nothing more is taken from ${from}.`;
  if (reversalStep === 'done') return `${net} came back from ${from}.`;
  if (reversalStep === 'owed')
    return `${whose} balance was too short. ${they} owe ${reversal.format()}, which ${their} next sales pay.`;
  if (reversalStep === 'written_off')
    return `The marketplace bears the ${reversal.format()} that ${from} owed.`;
  if (feeStep === 'refused') return 'Stripe would not give the fee back yet. We try again by itself.';
  return `${net} is being taken back from ${from}.`;
}

/** The story of one refund for a timeline. */
export function refundTimeline(refund: RefundView): TimelineEntry[] {
  const entries: (TimelineEntry | false | null)[] = [
    { at: refund.createdAt, tone: 'neutral', word: 'Refund asked for', sentence: refund.reason },
    refund.refundedAt && {
      at: refund.refundedAt,
      tone: 'good',
      word: 'Refunded',
      sentence: `${refund.amount.format()} to the buyer. It reaches them in 5 to 10 days.`,
    },
    refund.feeRefundedAt && {
      at: refund.feeRefundedAt,
      tone: 'good',
      word: 'Fee given back',
      sentence: `${refund.fee.format()} of application fee to the seller.`,
    },
    refund.reversedAt && {
      at: refund.reversedAt,
      tone: 'good',
      word: 'Transfer reversed',
      sentence: `${refund.reversal.format()} from the seller’s balance.`,
    },
    refund.failedAt && {
      at: refund.failedAt,
      tone: 'bad',
      word: refund.status === 'refused' ? 'Refused' : 'Came back',
      sentence: refund.problem ?? undefined,
    },
  ];
  return entries.filter((entry): entry is TimelineEntry => Boolean(entry)).reverse();
}

type FormProps = {
  action: string;
  back: string;
  preview: RefundPreview;
  typed: Typed;
  errors: FieldErrors;
  /** Whose words the page uses. */
  as: As;
};

/** What a full refund moves, before it is confirmed: it can't be undone. */
export const RefundFormView = ({ action, back, preview, typed, errors, as }: FormProps) => {
  const { plan, blocked, short } = preview;
  if (!plan)
    return (
      <Notice
        tone="neutral"
        title="Nothing to refund"
        action={<ButtonLink href={back}>Back to the order</ButtonLink>}
      >
        {blocked?.message}
      </Notice>
    );
  const converted =
    plan.reversal.currency !== plan.buyer.currency || plan.fee.currency !== plan.buyer.currency;
  const seller = as === 'seller' ? 'You' : 'The seller';
  return (
    <Columns
      main={
        <Card title="Confirm the refund">
          <PostForm action={action}>
            <FormErrors
              errors={Object.entries(errors).map(([name, message]) => ({
                ...(name === 'reason' && { field: name }),
                message,
              }))}
            />
            <input type="hidden" name="amount" value={String(plan.buyer.amount)} />
            <TextArea
              name="reason"
              label="Why is it refunded?"
              required
              rows={3}
              maxLength={500}
              value={typeof typed['reason'] === 'string' ? typed['reason'] : undefined}
              error={errors['reason']}
              help="Stands with the order and in the audit log. The buyer does not see it."
            />
            <Actions>
              <Button look="danger">Refund {plan.buyer.format()}</Button>
              <ButtonLink look="quiet" href={back}>
                Keep the order
              </ButtonLink>
            </Actions>
          </PostForm>
        </Card>
      }
      aside={
        <Card title="What moves">
          <DescriptionList
            items={[
              { term: 'The buyer gets', value: plan.buyer.format() },
              {
                term: `${seller} ${as === 'seller' ? 'give' : 'gives'} back`,
                value: signed(plan.reversal.negated()),
              },
              ...(plan.fee.isZero ? [] : [{ term: 'The fee comes back', value: plan.fee.format() }]),
              {
                term: as === 'seller' ? 'Your balance changes by' : 'The seller’s balance changes by',
                value: sellerChange(plan),
              },
              ...(as === 'admin' && !converted
                ? [
                    {
                      term: 'The platform’s balance changes by',
                      value: signed(plan.reversal.minus(plan.fee).minus(plan.buyer)),
                    },
                  ]
                : []),
            ]}
          />
          <p class="muted">Stripe’s own fee on the payment stays with Stripe; the marketplace bears it.</p>
          {converted && (
            <p class="muted">
              Stripe converted this payment. It takes each part back in the part’s own currency, at its rate
              of that day; the books show both amounts.
            </p>
          )}
          {short && (
            <Notice tone="attention" title={`${short.format()} is missing right now`}>
              {as === 'seller'
                ? 'The buyer gets their money all the same. You owe what is missing, and your next sales pay it.'
                : 'The buyer gets their money all the same. The seller owes it, and their next sales pay it.'}
            </Notice>
          )}
        </Card>
      }
    />
  );
};

/** The refunds of an order, newest first. */
export const RefundStories = ({ refunds, as }: { refunds: readonly RefundView[]; as: As }) => (
  <>
    {[...refunds].reverse().map((refund) => (
      <Card
        key={refund.id}
        title={`Refund of ${refund.amount.format()}`}
        action={<RefundBadge refund={refund} />}
      >
        <p>{sellerPart(refund, as)}</p>
        <DescriptionList
          items={[
            { term: 'Reason', value: refund.reason },
            ...(refund.problem ? [{ term: 'What Stripe said', value: refund.problem }] : []),
            { term: 'Reference', value: <code>{refund.id}</code> },
          ]}
        />
      </Card>
    ))}
  </>
);
