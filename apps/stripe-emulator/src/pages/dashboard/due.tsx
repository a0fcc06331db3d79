import type { ComponentChildren } from 'preact';
import type { Engine } from '../../engine/engine.js';
import { idOf, type Kind } from '../../engine/kinds.js';
import type { TimerRecord } from '../../engine/records.js';
import { pagerOf } from '../cursors.js';
import { chosenOf, Filters, NoRows, type Filter } from '../ui/filters.js';
import { Card, EmptyState, Money, When } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import { requirementWord, sentence } from '../words.js';
import { eventWord } from './event-words.js';
import { AccountLink } from './frame.js';

/** What a timer does when its moment comes. */
const DOES: Record<string, string> = {
  'authorization.expire': 'An uncaptured payment is given back',
  'coupon.expire': 'A coupon expires',
  'debit.settle': 'A bank debit comes through or fails',
  'delivery.attempt': 'An event is sent again',
  'dispute.due': 'A dispute is lost without an answer',
  'dispute.inquiry_ends': 'An inquiry ends',
  'funds.available': 'Money becomes available',
  'invoice.finalize': 'An invoice is finalized',
  'invoice.overdue': 'An invoice is overdue',
  'invoice.retry': 'An invoice is charged again',
  'payout.arrive': 'A payout arrives',
  'payout.fail': 'The bank sends a payout back',
  'payout.send': 'A payout is sent to the bank',
  'payouts.daily': 'Automatic payouts are made',
  'promotion_code.expire': 'A promotion code expires',
  'quote.expire': 'A quote expires',
  'refund.fail': 'A refund fails',
  'refund.succeed': 'A refund arrives',
  'requirement.deadline': 'The date of a requirement passes',
  'schedule.expiring': 'A schedule is about to end',
  'schedule.phase': 'A schedule goes on to its next phase',
  'session.expire': 'A checkout session expires',
  'subscription.collect_again': 'A subscription is charged again after its pause',
  'subscription.expire': 'A subscription that nobody paid for ends',
  'subscription.renew': 'A subscription is renewed',
  'subscription.trial_notice': 'A trial is about to end',
  'subscription.upcoming': 'A renewal is announced',
  'topup.arrive': 'A top-up arrives',
};

const wordOf = (verb: string): string => DOES[verb] ?? sentence(verb);

const RETRY = 'delivery.attempt';

const PAGE = 25;

/** Everything that has a moment, the next one first. @param from how many are left out before */
export function DueCard(props: { engine: Engine; path: string; verb: string | undefined; from: number }) {
  const { engine, path, from } = props;
  const timers = [...engine.store.all('timer', '')].sort((one, other) => one.due - other.due);
  const verbs = [...new Set(timers.map((timer) => timer.verb))];
  const filter: Filter = {
    name: 'what',
    label: 'What',
    any: 'All but events sent again',
    options: verbs.map((verb) => ({ value: verb, label: `${wordOf(verb)} (${countOf(timers, verb)})` })),
    value: verbs.find((verb) => verb === props.verb),
  };
  // One endpoint that is down has hundreds of retries, between which nothing else would be found.
  const shown = timers.filter((timer) => (filter.value ? timer.verb === filter.value : timer.verb !== RETRY));
  const rest = shown.length - from - PAGE;
  // Timers come and go between two looks, so a place in the order is all that a cursor could name.
  const slice = { rows: shown.slice(from, from + PAGE), next: rest > 0 ? String(from + PAGE) : undefined };
  return (
    <>
      <Filters path={path} filters={[filter]} />
      <Card title="What is due" subtitle="In the order in which it will happen." flush>
        <Table
          caption="What is due"
          rows={slice.rows}
          keyOf={(timer) => timer.id}
          empty={
            <NoRows path={path} filters={[filter]}>
              <EmptyState title="Nothing is due" icon="clock">
                Payouts, renewals, deadlines and retries are listed here.
              </EmptyState>
            </NoRows>
          }
          columns={[
            { header: 'What', names: true, cell: (timer) => wordOf(timer.verb) },
            { header: 'Which', cell: (timer) => subjectOf(engine, timer) },
            { header: 'Whose', cell: (timer) => <Whose engine={engine} timer={timer} /> },
            { header: 'When', cell: (timer) => <WhenDue timer={timer} /> },
          ]}
        />
        <Pager
          {...pagerOf(path, slice, from > 0 ? String(from) : undefined, chosenOf([filter]))}
          words={{ first: 'Next', next: 'Later' }}
        />
      </Card>
    </>
  );
}

const countOf = (timers: TimerRecord[], verb: string): number =>
  timers.filter((timer) => timer.verb === verb).length;

const WhenDue = ({ timer }: { timer: TimerRecord }) => (
  <>
    <When at={timer.due} />
    {timer.clock && <p class="muted">by test clock {timer.clock}</p>}
  </>
);

function Whose({ engine, timer }: { engine: Engine; timer: TimerRecord }) {
  const { store, platform } = engine;
  const places = timer.args.map((arg) => store.locate(arg));
  const at = places.findIndex((place) => place?.kind === 'account');
  const delivery = store.get('delivery', '', timer.args[0] ?? '');
  const id = at >= 0 ? timer.args[at] : (places[0]?.account ?? delivery?.account);
  if (!id) return <span class="muted">All accounts</span>;
  return id === platform ? <>Your platform</> : <AccountLink engine={engine} id={id} />;
}

/** What a timer is about, by what people know it by. */
function subjectOf(engine: Engine, timer: TimerRecord): ComponentChildren {
  const { store } = engine;
  if (timer.verb === 'funds.available') return <Release engine={engine} timer={timer} />;
  if (timer.verb === 'requirement.deadline') return requirementsBy(engine, timer);
  const delivery = store.get('delivery', '', timer.args[0] ?? '');
  if (delivery) return <a href={`/dashboard/events/${delivery.event}`}>{eventWord(delivery.event_type)}</a>;
  const id = timer.args.find((arg) => (store.locate(arg)?.kind ?? 'account') !== 'account');
  if (!id) return null;
  const { kind, account } = store.locate(id)!;
  return SUBJECTS[kind]?.(engine, account, id) ?? <span class="mono">{id}</span>;
}

function Release({ engine, timer }: { engine: Engine; timer: TimerRecord }) {
  const [account, currency, on] = timer.args as [string, string, string];
  const rows = engine.store.by('balance_transaction', account, 'due', `${currency}:${on}`);
  return <Money amount={rows.reduce((sum, row) => sum + row.net, 0)} currency={currency} />;
}

/** What was asked of a seller until this moment. */
function requirementsBy(engine: Engine, { args, due }: TimerRecord): string {
  const { raised } = engine.accounts.need(args[0]!);
  return raised
    .filter(({ deadline }) => deadline === due)
    .map(({ field }) => requirementWord(field))
    .join(', ');
}

type Words = (engine: Engine, account: string, id: string) => ComponentChildren;

const paymentOf = (id: string, { amount, currency }: { amount: number; currency: string }) => (
  <a href={`/dashboard/payments/${id}`}>
    <Money amount={amount} currency={currency} />
  </a>
);

const SUBJECTS: Partial<Record<Kind, Words>> = {
  charge: (engine, account, id) => {
    const charge = engine.store.need('charge', account, id);
    return paymentOf(idOf(charge.payment_intent) ?? id, charge);
  },
  checkout_session: (engine, account, id) => {
    const { amount_total: amount, currency, mode } = engine.store.need('checkout_session', account, id);
    if (mode === 'setup' || amount === null) return 'To save a payment method';
    return (
      <a href={`/c/pay/${id}`}>
        <Money amount={amount} currency={currency!} />
      </a>
    );
  },
  dispute: (engine, account, id) => {
    const { amount, currency } = engine.store.need('dispute', account, id);
    return (
      <a href={`/dashboard/disputes/${account}/${id}`}>
        <Money amount={amount} currency={currency} />
      </a>
    );
  },
  invoice: (engine, account, id) => {
    const { number, total, currency, hosted_invoice_url: url } = engine.store.need('invoice', account, id);
    const words = (
      <>
        {number} <Money amount={total} currency={currency} />
      </>
    );
    return url ? <a href={url}>{words}</a> : words;
  },
  payout: (engine, account, id) => {
    const { amount, currency } = engine.store.need('payout', account, id);
    return (
      <a href={`/dashboard/payouts?account=${account}`}>
        <Money amount={amount} currency={currency} />
      </a>
    );
  },
  refund: (engine, account, id) => {
    const refund = engine.store.need('refund', account, id);
    return paymentOf((idOf(refund.payment_intent) ?? idOf(refund.charge))!, refund);
  },
  subscription: (engine, account, id) => {
    const { items, customer } = engine.store.need('subscription', account, id);
    const names = items.data.map((item) => engine.billing.subscriptionItems.productName(account, item));
    const { email, name } = engine.store.get('customer', account, idOf(customer)!) ?? {};
    return `${names.join(', ')}, ${email ?? name ?? idOf(customer)}`;
  },
  topup: (engine, account, id) => <Money {...engine.store.need('topup', account, id)} />,
};
