import type Stripe from 'stripe';
import type { AccountRecord } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';
import { BankFields } from '../bank-fields.js';
import { bankWord } from '../bank.rules.js';
import { pagerOf, type Slice } from '../cursors.js';
import { Balances, Payouts } from '../money-tables.js';
import { Button, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { Desk } from '../ui/desk.js';
import { Badge, Card, EmptyState, Facts, Money, Notice, When } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import { receivedState, requirementWord } from '../words.js';

export interface ExpressProps {
  engine: Engine;
  record: AccountRecord;
  /** Address of the dashboard, with its token. */
  base: string;
}

const nav = (base: string) => [
  { href: base, label: 'Balance', icon: 'home' as const },
  { href: `${base}/payments`, label: 'Payments', icon: 'card' as const },
  { href: `${base}/payouts`, label: 'Payouts', icon: 'payout' as const },
  { href: `${base}/bank`, label: 'Bank account', icon: 'bank' as const },
];

function frame({ record, base }: ExpressProps, path: string) {
  return { name: record.display_name ?? 'Your account', nav: nav(base), current: `${base}${path}` };
}

export function BalancePage(props: ExpressProps & { payouts: Stripe.Payout[] }) {
  const { engine, record, base, payouts } = props;
  const missing = engine.onboarding.missing(record.id);
  return (
    <Desk {...frame(props, '')} heading="Balance" lead="What you have earned and not been paid out yet.">
      {missing.length > 0 && (
        <Notice tone="attention" title="Something is asked for">
          {missing.map(requirementWord).join(', ')}. Give it where you sell, so that you go on being paid.
        </Notice>
      )}
      <Debts engine={engine} record={record} />
      <Balances engine={engine} account={record.id} />
      <Card title="Latest payouts" flush action={<a href={`${base}/payouts`}>All payouts</a>}>
        <Payouts rows={payouts.map((payout) => ({ payout }))} />
      </Card>
    </Desk>
  );
}

/** What the seller has to give back before anything is paid out again. */
function Debts({ engine, record }: Pick<ExpressProps, 'engine' | 'record'>) {
  const owed = engine.ledger
    .currencies(record.id)
    .map((currency) => ({ currency, total: engine.ledger.total(record.id, currency) }))
    .filter(({ total }) => total < 0);
  return (
    <>
      {owed.map(({ currency, total }) => (
        <Notice key={currency} tone="bad" title="Your balance is below zero">
          <Money amount={-total} currency={currency} /> is taken from your next payments, or from your bank
          account.
        </Notice>
      ))}
    </>
  );
}

export function PaymentsPage(
  props: ExpressProps & { slice: Slice<Stripe.Charge>; after: string | undefined },
) {
  const { base, slice, after } = props;
  return (
    <Desk
      {...frame(props, '/payments')}
      heading="Payments"
      lead="What buyers paid you, and what the marketplace kept."
    >
      <Card flush>
        <Table
          caption="Payments"
          rows={slice.rows}
          keyOf={(charge) => charge.id}
          empty={
            <EmptyState title="No payments yet" icon="card">
              What buyers pay you is listed here.
            </EmptyState>
          }
          columns={[
            { header: 'Date', names: true, cell: (charge) => <When at={charge.created * 1000} /> },
            { header: 'State', cell: (charge) => <Badge {...receivedState(charge)} /> },
            {
              header: 'Amount',
              end: true,
              cell: (charge) => <Money amount={charge.amount} currency={charge.currency} />,
            },
            {
              header: 'Fee',
              end: true,
              cell: (charge) => (
                <Money amount={-(charge.application_fee_amount ?? 0)} currency={charge.currency} />
              ),
            },
            {
              header: 'Taken back',
              end: true,
              cell: (charge) => <Money amount={-charge.amount_refunded} currency={charge.currency} />,
            },
          ]}
        />
        <Pager {...pagerOf(`${base}/payments`, slice, after)} />
      </Card>
    </Desk>
  );
}

export function PayoutsPage(
  props: ExpressProps & { slice: Slice<Stripe.Payout>; after: string | undefined },
) {
  const { base, slice, after } = props;
  return (
    <Desk {...frame(props, '/payouts')} heading="Payouts" lead="Money on its way to your bank account.">
      <Card flush>
        <Payouts rows={slice.rows.map((payout) => ({ payout }))} />
        <Pager {...pagerOf(`${base}/payouts`, slice, after)} />
      </Card>
    </Desk>
  );
}

export function BankPage(props: ExpressProps & { form: FormState; saved: boolean }) {
  const { record, base, form, saved } = props;
  const { bank } = record;
  return (
    <Desk {...frame(props, '/bank')} heading="Bank account" lead="Where your payouts go.">
      {saved && <Notice tone="good" title="The new bank account is in use" />}
      {bank ? (
        <Notice
          tone={bank.status === 'errored' ? 'bad' : 'neutral'}
          title={bank.status === 'errored' ? `A payout to ${bankWord(bank)} failed` : bankWord(bank)}
        >
          {bank.status === 'errored'
            ? 'Nothing is paid out until you enter an account that works.'
            : `Payouts in ${bank.currency.toUpperCase()} are sent here.`}
        </Notice>
      ) : (
        <Notice tone="attention" title="No bank account yet">
          Enter one, so that you can be paid out.
        </Notice>
      )}
      {record.more_banks.length > 0 && (
        <Card title="Further accounts">
          <Facts items={record.more_banks.map((more) => [more.currency.toUpperCase(), bankWord(more)])} />
        </Card>
      )}
      <Card title="Change it">
        <FormProblems problems={form.problems} />
        <PostForm action={`${base}/bank`} label="Bank account">
          <BankFields form={form} />
          <Button look="primary">Use this account</Button>
        </PostForm>
      </Card>
    </Desk>
  );
}
