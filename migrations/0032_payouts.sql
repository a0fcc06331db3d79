-- Payouts of every seller and of the platform, as Stripe told them, and by which schedule the next ones come.
create schema payouts;

create table payouts.payouts (
  id text primary key,
  -- acct_…, or platform
  stripe_account text not null,
  seller_id text,
  currency text not null,
  amount bigint not null,
  status text not null check (status in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  -- Failed ones come first in the list that people look through for trouble.
  failed_first smallint not null generated always as (case status when 'failed' then 1 else 0 end) stored,
  automatic boolean not null,
  method text not null,
  arrival_on date not null,
  bank_name text,
  bank_last4 text,
  failure_code text,
  trace_id text,
  created timestamptz not null,
  -- Its list of balance transactions has been taken in.
  composed_at timestamptz,
  recorded_at timestamptz not null default now()
);
create index payouts_of_seller on payouts.payouts (seller_id, created desc, id desc);
create index payouts_failed_first on payouts.payouts (failed_first desc, created desc, id desc);
create index payouts_by_status on payouts.payouts (status, created desc, id desc);
create index payouts_by_day on payouts.payouts (created);
create index payouts_of_account on payouts.payouts (stripe_account, created desc);
create index payouts_open on payouts.payouts (created) where status in ('pending', 'in_transit') or (status = 'paid' and automatic and composed_at is null);

-- The story of each payout: when we first saw it in each state.
create table payouts.happenings (
  payout_id text not null references payouts.payouts (id),
  status text not null,
  noted_at timestamptz not null default now(),
  primary key (payout_id, status)
);

create table payouts.schedules (
  stripe_account text primary key,
  interval text not null check (interval in ('manual', 'daily', 'weekly', 'monthly')),
  weekly_days text[] not null,
  monthly_days int[] not null,
  delay_days int not null,
  -- Currency -> minor units that stay in the balance.
  minimums jsonb not null,
  fetched_at timestamptz not null
);
