-- The money of the sales in market-sales.sql, and what the audit log and the inbox have of them.
create temp table payout as
select s, week, 'po_' || s || '_' || week as id, account, seller_id, currency, sum(charged - fee)::bigint as amount,
       date_trunc('week', min(at)) + interval '8 days' as created
from (select *, (extract(epoch from at) / 604800)::int as week from paid) p group by s, week, account, seller_id, currency;
analyze payout;

insert into ledger.transactions (id, reference, kind, occurred_at, order_id, seller_id, posting_count, posting_total) overriding system value
select 3 * n, 'charge:ch_' || n, 'charge', at, order_id, seller_id, 1, charged from paid union all
select 3 * n + 1, 'transfer:tr_' || n, 'transfer', at, order_id, seller_id, 1, charged from paid union all
select 3 * n + 2, 'application_fee:fee_' || n, 'application_fee', at, order_id, seller_id, 1, fee from paid;
insert into ledger.postings (transaction_id, position, source, destination, currency, amount)
select 3 * n, 0, 'buyers', 'stripe:platform', currency, charged from paid union all
select 3 * n + 1, 0, 'stripe:platform', 'stripe:' || account, currency, charged from paid union all
select 3 * n + 2, 0, 'stripe:' || account, 'stripe:platform', currency, fee from paid;
insert into ledger.balances (account, currency, shard, amount)
select 'stripe:' || account, currency, 0, sum(charged - fee) from paid group by account, currency union all
select 'stripe:platform', currency, n % 32, sum(fee) from paid group by currency, n % 32;
insert into ledger.daily_totals (day, stripe_account, kind, currency, shard, amount, count)
select (at at time zone 'UTC')::date, 'platform', kind, currency, n % 32, sum(amount), count(*)
from paid, lateral (values ('charge', charged), ('transfer', -charged), ('application_fee', fee)) k (kind, amount) group by 1, 3, 4, 5
union all
select (at at time zone 'UTC')::date, account, kind, currency, 0, sum(amount), count(*)
from paid, lateral (values ('transfer', charged), ('application_fee', -fee)) k (kind, amount) group by 1, 2, 3, 4;

insert into books.accounts (stripe_account, mirrored_at) select 'acct_' || s, now() from generate_series(1, :orders / 50) s union all select 'platform', now();
insert into books.entries (reference, kind, origin, stripe_account, source_id, part, currency, amount, order_id, seller_id, occurred_at, matched_at)
select reference, kind, 'prediction', stripe_account, source_id, part, currency, amount, order_id, seller_id, at, at + interval '5 minutes'
from paid, lateral (values
  ('charge:ch_' || n, 'charge', 'platform', 'ch_' || n, 'gross', charged),
  ('transfer:tr_' || n, 'transfer', 'platform', 'tr_' || n, 'gross', -charged),
  ('transfer:tr_' || n, 'transfer', account, 'py_' || n, 'gross', charged),
  ('application_fee:fee_' || n, 'application_fee', 'platform', 'fee_' || n, 'gross', fee),
  ('application_fee:fee_' || n, 'application_fee', account, 'py_' || n, 'application_fee', -fee))
  e (reference, kind, stripe_account, source_id, part, amount);
insert into books.balance_transactions (stripe_account, id, type, reporting_category, source_id, currency, amount, fee, net, created,
  available_on, status, payout_id)
select stripe_account, id, type, type, source_id, currency, amount, cost, amount - cost, at, at + interval '3 days',
       case when at < now() - interval '3 days' then 'available' else 'pending' end, payout_id
from paid, lateral (values
  ('platform', 'txn_c' || n, 'charge', 'ch_' || n, charged, charged * 29 / 1000 + 30, null),
  ('platform', 'txn_t' || n, 'transfer', 'tr_' || n, -charged, 0, null),
  ('platform', 'txn_f' || n, 'application_fee', 'fee_' || n, fee, 0, null),
  (account, 'txn_p' || n, 'payment', 'py_' || n, charged, fee, 'po_' || s || '_' || (extract(epoch from at) / 604800)::int))
  b (stripe_account, id, type, source_id, amount, cost, payout_id);
insert into books.balance_transactions (stripe_account, id, type, reporting_category, source_id, currency, amount, fee, net, created,
  available_on, status, payout_id)
select account, 'txn_' || id, 'payout', 'payout', id, currency, -amount, 0, -amount, created, created, 'available', id from payout;
-- Triggers stand still while the market is filled.
insert into books.balances
select stripe_account, currency, coalesce(sum(net) filter (where status = 'available'), 0), coalesce(sum(net) filter (where status = 'pending'), 0)
from books.balance_transactions group by 1, 2;
insert into books.legs (stripe_account, transaction_id, part, source_id, currency, amount, state, reference)
select stripe_account, transaction_id, part, source_id, currency, amount, state, reference
from paid, lateral (values
  ('platform', 'txn_c' || n, 'gross', 'ch_' || n, charged, 'matched', 'charge:ch_' || n),
  ('platform', 'txn_c' || n, 'stripe_fee', 'ch_' || n, -(charged * 29 / 1000 + 30), 'booked', 'stripe_fee:txn_c' || n),
  ('platform', 'txn_t' || n, 'gross', 'tr_' || n, -charged, 'matched', 'transfer:tr_' || n),
  ('platform', 'txn_f' || n, 'gross', 'fee_' || n, fee, 'matched', 'application_fee:fee_' || n),
  (account, 'txn_p' || n, 'gross', 'py_' || n, charged, 'matched', 'transfer:tr_' || n),
  (account, 'txn_p' || n, 'application_fee', 'py_' || n, -fee, 'matched', 'application_fee:fee_' || n))
  l (stripe_account, transaction_id, part, source_id, amount, state, reference);

insert into payouts.payouts (id, stripe_account, seller_id, currency, amount, status, automatic, method, arrival_on, bank_name, bank_last4,
  failure_code, created, composed_at)
select id, account, seller_id, currency, amount,
       case when created > now() - interval '2 days' then 'in_transit' when (s + week) % 200 = 0 then 'failed' else 'paid' end, true, 'standard',
       created::date + 2, 'Bank', '6789', case when (s + week) % 200 = 0 then 'account_closed' end, created, created + interval '1 hour' from payout;
insert into payouts.daily_totals
select (created at time zone 'UTC')::date, currency, status, sum(amount), count(*) from payouts.payouts group by 1, 2, 3;
insert into payouts.happenings (payout_id, status, noted_at)
select id, status, created from payout, lateral (values ('pending'), ('paid')) h (status);
insert into payouts.schedules (stripe_account, interval, weekly_days, monthly_days, delay_days, minimums, fetched_at)
select 'acct_' || s, 'weekly', '{monday}', '{}', 3, '{}', now() from generate_series(1, :orders / 50) s;

insert into reconciliation.differences (id, code, subject, sentence, state, first_seen_at, last_seen_at)
select pg_temp.id('dif', n), 'entry_alone', 'charge:ch_' || n, 'A charge is in our books and not at Stripe.',
       case when n % 10 = 0 then 'open' when n % 10 = 1 then 'explained' else 'closed' end, now(), now()
from generate_series(1, :orders / 20) n;

insert into reconciliation.runs (id, checked_at, notices, difference_count) values ('run_bench', now(), '[]', 2);
insert into reconciliation.lines (stripe_account, currency, ledger, on_its_way, mirror, stripe_pending, stripe_available, agree, checked_at)
select 'acct_' || s, (array['eur', 'usd', 'gbp'])[1 + s % 3], 1000, 0, 1000, 0, 1000, s % 500 <> 0, now() from generate_series(1, :orders / 50) s;

insert into audit.entries (at, actor_kind, actor_id, action, subject, after, position, hash)
select at, 'user', pg_temp.id('usr', s), (array['order.shipped', 'listing.published', 'refund.requested', 'fee_rule.created'])[1 + n % 4],
       order_id, '{"state": "done"}', n, sha256('bench') from sale order by n;
update audit.chain set position = :orders, hash = sha256('bench'), checked_at = now(), checked_entries = :orders;
insert into stripe.inbox_events (event_id, door, type, account, object_id, object_key, stripe_created, payload, state, tries, received_at, done_at)
select 'evt_' || kind || n, 'payments', kind, null, prefix || n, prefix || n, at, '{"object": "event", "type": "' || kind || '"}',
       case when n % 100 = 11 and kind = 'charge.succeeded' then 'dead' else 'done' end, 1, at, at
from paid, lateral (values ('checkout.session.completed', 'cs_'), ('charge.succeeded', 'ch_')) e (kind, prefix) order by n;
