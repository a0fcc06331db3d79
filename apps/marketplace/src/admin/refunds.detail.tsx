import type { RefundView } from '#refunds';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Actions,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  DescriptionList,
  Field,
  FormErrors,
  Notice,
  PostForm,
  Select,
  Timeline,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { RefundBadge, refundTimeline, sellerChange, sellerPart } from '../shared/refunds.parts.js';

const origins: Record<RefundView['origin'], string> = {
  seller: 'The seller',
  admin: 'An admin',
  system: 'The program, since the order could not keep the money',
  outside: 'Somebody in Stripe’s dashboard',
};

type Props = { frame: PageFrameData; refund: RefundView; typed: Typed; errors: FieldErrors };

export const RefundPage = ({ frame, refund, typed, errors }: Props) => (
  <AdminDesk
    frame={frame}
    current="refunds"
    title={`Refund of ${refund.amount.format()}`}
    badge={<RefundBadge refund={refund} />}
    subtitle={<code>{refund.id}</code>}
    breadcrumbs={<Breadcrumbs items={[{ label: 'Refunds', href: '/admin/refunds' }, { label: refund.id }]} />}
    action={
      refund.orderId ? (
        <ButtonLink href={`/admin/orders/${refund.orderId}`}>See the order</ButtonLink>
      ) : undefined
    }
  >
    <Trouble refund={refund} />
    {refund.needsAttribution && <Attribution refund={refund} typed={typed} errors={errors} />}
    <Columns
      main={
        <Card title="Three parts" subtitle={sellerPart(refund)}>
          <DescriptionList
            items={[
              { term: 'To the buyer', value: refund.amount.format() },
              { term: 'Application fee to the seller', value: refund.fee.format() },
              { term: 'Transfer back from the seller', value: refund.reversal.format() },
              { term: 'The seller’s balance changes by', value: sellerChange(refund) },
            ]}
          />
        </Card>
      }
      aside={
        <>
          <Card title="What happened">
            <Timeline entries={refundTimeline(refund)} />
          </Card>
          <Card title="Details">
            <DescriptionList
              items={[
                { term: 'Begun by', value: origins[refund.origin] },
                { term: 'Reason', value: refund.reason },
                { term: 'Charge', value: <code>{refund.chargeId}</code> },
                ...ids(refund),
              ]}
            />
          </Card>
        </>
      }
    />
  </AdminDesk>
);

function ids({ stripeRefundId, feeRefundId, reversalId }: RefundView) {
  const all: [string, string | null][] = [
    ['Refund', stripeRefundId],
    ['Fee refund', feeRefundId],
    ['Transfer reversal', reversalId],
  ];
  return all.flatMap(([term, id]) => (id ? [{ term, value: <code>{id}</code> }] : []));
}

const Trouble = ({ refund }: { refund: RefundView }) => {
  const { id, orderId, status, problem, feeStep, reversalStep } = refund;
  if (status === 'failed' || status === 'refused')
    return (
      <Notice
        tone="bad"
        title={status === 'failed' ? 'The buyer did not get their money' : 'Stripe refused this refund'}
        action={
          orderId ? <ButtonLink href={`/admin/orders/${orderId}/refund`}>Refund again</ButtonLink> : undefined
        }
      >
        {problem}
      </Notice>
    );
  if (feeStep !== 'refused' && reversalStep !== 'owed') return null;
  return (
    <Notice
      tone="attention"
      title={reversalStep === 'owed' ? 'The seller owes their part' : 'The fee could not be given back yet'}
      action={
        <PostForm action={`/admin/refunds/${id}/try-again`} inline>
          <Button>Try again now</Button>
        </PostForm>
      }
    >
      {problem} We also try again by itself.
    </Notice>
  );
};

const Attribution = ({ refund, typed, errors }: Omit<Props, 'frame'>) => {
  const value = (name: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : undefined);
  return (
    <Card
      title="What was this refund for?"
      subtitle="It was made in Stripe’s dashboard. Until you say, it is missing in the books."
    >
      <PostForm action={`/admin/refunds/${refund.id}/attribute`}>
        <FormErrors
          errors={Object.entries(errors).map(([name, message]) => ({
            ...(name && { field: name }),
            message,
          }))}
        />
        <Field
          name="orderId"
          label="Order"
          value={value('orderId') ?? refund.suggestedOrderId ?? undefined}
          error={errors['orderId']}
          help={
            refund.suggestedOrderId
              ? 'The payment names this order.'
              : 'Leave it empty where it is about no order of ours.'
          }
        />
        <Select
          name="bearer"
          label="Who bears it?"
          required
          placeholder="Choose"
          value={value('bearer')}
          error={errors['bearer']}
          options={[
            { value: 'seller', label: 'The seller: their part is taken back, the fee’s part returned' },
            { value: 'platform', label: 'The marketplace: the seller keeps their money' },
          ]}
          help="Where the dashboard reversed the transfer already, nothing more is taken."
        />
        <Field
          name="note"
          label="What it was for"
          required
          maxLength={500}
          value={value('note')}
          error={errors['note']}
        />
        <Actions>
          <Button look="primary">Put it in the books</Button>
        </Actions>
      </PostForm>
    </Card>
  );
};
