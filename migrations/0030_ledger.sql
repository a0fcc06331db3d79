-- Double entry: what happened to money, once each, never changed; beside it the sums that reports and balances read.
create schema ledger;

create table ledger.transactions (
  id bigint generated always as identity primary key,
  -- The business reference, such as charge:ch_…; booking twice is impossible.
  reference text not null unique,
  kind text not null,
  occurred_at timestamptz not null,
  order_id text,
  seller_id text,
  -- What was posted, so that a posting that went missing or was changed can be named.
  posting_count int not null check (posting_count > 0),
  posting_total bigint not null check (posting_total > 0),
  posted_at timestamptz not null default now()
);
create index transactions_by_order on ledger.transactions (order_id) where order_id is not null;

create table ledger.postings (
  transaction_id bigint not null references ledger.transactions (id),
  position int not null,
  source text not null,
  destination text not null,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null check (amount > 0),
  primary key (transaction_id, position),
  check (source <> destination)
);

-- Sellers have one row per account and currency; what everybody's money passes through has 32, since one row that every
-- sale updates costs most of the throughput. The balance of an account is the sum of its rows.
create table ledger.balances (
  account text not null,
  currency text not null,
  shard smallint not null check (shard between 0 and 31),
  amount bigint not null,
  primary key (account, currency, shard)
);

-- What each Stripe account gained (positive) or gave (negative) by day (UTC) and kind; sharded for the same reason.
create table ledger.daily_totals (
  day date not null,
  stripe_account text not null,
  kind text not null,
  currency text not null,
  shard smallint not null check (shard between 0 and 31),
  amount bigint not null,
  count bigint not null,
  primary key (kind, day, stripe_account, currency, shard)
);
create index daily_totals_by_account on ledger.daily_totals (stripe_account, day);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'ledger.% is append-only: correct by posting a reversal', tg_table_name;
end $$;
create trigger append_only before update or delete or truncate on ledger.transactions
  for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.postings
  for each statement execute function ledger.refuse_change();
