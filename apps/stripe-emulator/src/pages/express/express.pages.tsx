import type Stripe from 'stripe';
import { BankFields } from '../bank-fields.js';
import { bankWord } from '../bank.rules.js';
import { pagerOf, type Slice } from '../cursors.js';
import { Balances, Payouts } from '../money-tables.js';
import { Button, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { Desk } from '../ui/desk.js';
import { Badge, Card, EmptyState, Facts, Money, Notice, When } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import { receivedState, requirementWord, sentence } from '../words.js';
import { frame, type ExpressProps } from './express.frame.js';

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
      <Balances
        engine={engine}
        account={record.id}
        action={(currency, amount) =>
          amount > 0 && (
            <a class="button button-primary button-small" href={`${base}/pay-out/${currency}`}>
              Pay out now
            </a>
          )
        }
      />
      <p class="muted">{scheduleWords(engine.payouts.settings(record.id))}</p>
      <Card title="Latest payouts" flush action={<a href={`${base}/payouts`}>All payouts</a>}>
        <Payouts rows={payouts.map((payout) => ({ payout }))} />
      </Card>
    </Desk>
  );
}

/** When payouts are made without anybody asking for them. */
function scheduleWords({ payments }: Stripe.BalanceSettings): string {
  const {
    interval,
    weekly_payout_days: weekly,
    monthly_payout_days: monthly,
  } = payments.payouts?.schedule ?? {};
  const wait = `Payments become available after ${payments.settlement_timing.delay_days} days.`;
  switch (interval) {
    case 'daily':
      return `${wait} What is available is paid out every day.`;
    case 'weekly':
      return `${wait} What is available is paid out every ${(weekly ?? ['monday']).map(sentence).join(' and ')}.`;
    case 'monthly':
      return `${wait} What is available is paid out on day ${(monthly ?? [1]).join(' and ')} of each month.`;
    default:
      return `${wait} Nothing is paid out by itself: ask for a payout when you want one.`;
  }
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
  props: ExpressProps & {
    slice: Slice<Stripe.Payout>;
    after: string | undefined;
    /** The one that was just asked for or called back. */
    done: Stripe.Payout | undefined;
  },
) {
  const { base, slice, after, done } = props;
  return (
    <Desk {...frame(props, '/payouts')} heading="Payouts" lead="Money on its way to your bank account.">
      {done && (
        <Notice
          tone="good"
          title={done.status === 'canceled' ? 'The payout was called back' : 'The payout is on its way'}
        >
          <Money amount={done.amount} currency={done.currency} />{' '}
          {done.status === 'canceled' ? (
            'is in your balance again.'
          ) : (
            <>
              arrives on <When at={done.arrival_date * 1000} day />.
            </>
          )}
        </Notice>
      )}
      <Card flush>
        <Payouts
          rows={slice.rows.map((payout) => ({ payout }))}
          after={[
            {
              header: 'Actions',
              quiet: true,
              cell: ({ payout }) =>
                payout.status === 'pending' &&
                !payout.automatic && (
                  <PostForm action={`${base}/payouts/${payout.id}/cancel`} inline>
                    <Button small>Call it back</Button>
                  </PostForm>
                ),
            },
          ]}
        />
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
