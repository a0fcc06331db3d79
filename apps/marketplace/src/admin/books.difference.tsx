import { type SuspenseTarget, suspenseTargets } from '#books';
import type { DifferenceState, DifferenceView } from '#reconciliation';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Actions,
  Badge,
  Breadcrumbs,
  Button,
  Card,
  DateTime,
  DescriptionList,
  Field,
  FormErrors,
  PostForm,
  Select,
  TextArea,
  type Tone,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';

export const differenceWords: Readonly<Record<DifferenceState, { word: string; tone: Tone }>> = {
  open: { word: 'Open', tone: 'bad' },
  explained: { word: 'Explained', tone: 'attention' },
  closed: { word: 'Gone', tone: 'good' },
};

export const DifferencePage = (props: {
  frame: PageFrameData;
  difference: DifferenceView;
  errors?: FieldErrors;
  typed?: Typed;
}) => {
  const { difference: one, errors = {}, typed } = props;
  return (
    <AdminDesk
      frame={props.frame}
      current="books"
      title="A difference"
      subtitle={one.sentence}
      badge={<Badge tone={differenceWords[one.state].tone}>{differenceWords[one.state].word}</Badge>}
      breadcrumbs={
        <Breadcrumbs items={[{ label: 'Books', href: '/admin/books' }, { label: 'A difference' }]} />
      }
    >
      <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <Card title="What is known">
        <DescriptionList
          items={[
            { term: 'About', value: one.subject },
            { term: 'First seen', value: <DateTime at={one.firstSeenAt} /> },
            { term: 'Last seen', value: <DateTime at={one.lastSeenAt} /> },
            ...(one.closedAt ? [{ term: 'Gone since', value: <DateTime at={one.closedAt} /> }] : []),
            { term: 'Explanation', value: one.note ?? 'None yet' },
            ...(one.explainedBy ? [{ term: 'Explained by', value: one.explainedBy }] : []),
          ]}
        />
      </Card>
      {one.state !== 'closed' && one.code === 'suspense' && (
        <BookForm id={one.id} errors={errors} typed={typed} />
      )}
      {one.bookedTo && <TakeBackForm difference={one} errors={errors} typed={typed} />}
      {one.state !== 'closed' && <ExplainForm difference={one} errors={errors} typed={typed} />}
    </AdminDesk>
  );
};

const targetWord: Readonly<Record<SuspenseTarget, string>> = {
  adjustments: 'Corrections by Stripe, which the platform bears or gains',
  stripe_fees: 'Stripe’s fees',
  connect_fees: 'Stripe’s fees for Connect',
  collections: 'A seller’s negative balance, which the platform settled',
  topups: 'Money that was put in',
  reserves: 'Money that Stripe holds back or gives free',
  conversion: 'A change of currency',
  buyers: 'Buyers: a payment or a refund',
};

interface FormState {
  readonly errors: FieldErrors;
  readonly typed: Typed | undefined;
}

const textOf = (typed: Typed | undefined, name: string): string => {
  const value = typed?.[name];
  return typeof value === 'string' ? value : '';
};

const BookForm = ({ id, errors, typed }: FormState & { id: string }) => (
  <Card
    title="Book it"
    subtitle="A posting takes it out of suspense, to the account that it belongs to. Find out first, in Stripe’s dashboard."
  >
    <PostForm action={`/admin/books/differences/${id}/book`}>
      <Select
        name="account"
        label="Where it belongs"
        required
        placeholder="Choose an account"
        options={suspenseTargets.map((value) => ({ value, label: targetWord[value] }))}
        value={textOf(typed, 'account')}
        {...(errors['account'] && { error: errors['account'] })}
      />
      <Field
        name="note"
        label="Why"
        help="What it was, in a sentence. It is kept in the audit log."
        required
        maxLength={1000}
        value={typed && 'account' in typed ? textOf(typed, 'note') : ''}
        {...(typed && 'account' in typed && errors['note'] && { error: errors['note'] })}
      />
      <Actions>
        <Button look="primary">Book it</Button>
      </Actions>
    </PostForm>
  </Card>
);

/** A booking that turned out wrong is reversed, never changed. */
const TakeBackForm = ({ difference, errors, typed }: FormState & { difference: DifferenceView }) => (
  <Card
    title="Take the booking back"
    subtitle={`It is booked to “${targetWord[difference.bookedTo!]}”. The reverse posting puts it into suspense again, where it can be booked anew.`}
  >
    <PostForm action={`/admin/books/differences/${difference.id}/take-back`}>
      <Field
        name="note"
        label="Why"
        help="What was wrong with it, in a sentence. It is kept in the audit log."
        required
        maxLength={1000}
        value={textOf(typed, 'note')}
        {...(errors['note'] && { error: errors['note'] })}
      />
      <Actions>
        <Button look="danger">Take it back</Button>
      </Actions>
    </PostForm>
  </Card>
);

const ExplainForm = ({ difference, errors, typed }: FormState & { difference: DifferenceView }) => (
  <Card title="Explain it" subtitle="It stays a difference until a check does not see it any more.">
    <PostForm action={`/admin/books/differences/${difference.id}/explain`}>
      <TextArea
        name="note"
        label="What is behind it"
        help="Who did what, and what will make it go away. It is kept in the audit log."
        required
        rows={4}
        maxLength={1000}
        value={typed && !('account' in typed) ? textOf(typed, 'note') : (difference.note ?? '')}
        {...(typed && !('account' in typed) && errors['note'] && { error: errors['note'] })}
      />
      <Actions>
        <Button look={difference.code === 'suspense' ? 'secondary' : 'primary'}>Save the explanation</Button>
      </Actions>
    </PostForm>
  </Card>
);
