-- The books: what we say happened on each Stripe account, what Stripe says, and which of the two belong together.
create schema books;

-- Every Stripe account that ever held our money, and how far its balance transactions have been mirrored.
create table books.accounts (
  stripe_account text primary key,
  newest_id text,
  newest_created timestamptz,
  mirrored_at timestamptz,
  -- Stripe no longer shows us this account (deauthorised or closed).
  hidden_since timestamptz,
  watched_at timestamptz not null default now()
);

-- What we say: one row per ledger transaction, Stripe account and currency, signed as it moves that account's balance.
create table books.entries (
  reference text not null,
  kind text not null,
  origin text not null check (origin in ('prediction', 'rule', 'conversion', 'suspense')),
  stripe_account text not null,
  -- The id and part by which Stripe's own row will be recognised; null where none is awaited.
  source_id text,
  part text not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  order_id text,
  seller_id text,
  occurred_at timestamptz not null,
  noted_at timestamptz not null default now(),
  matched_at timestamptz,
  primary key (reference, stripe_account, currency)
);
create unique index entries_awaited on books.entries (stripe_account, source_id, part) where source_id is not null;
create index entries_unmatched on books.entries (stripe_account, noted_at) where origin = 'prediction' and matched_at is null;

-- What Stripe says: its balance transactions, as they are. created, amount and so on never change; status does, once.
create table books.balance_transactions (
  stripe_account text not null,
  id text not null,
  type text not null,
  reporting_category text not null,
  source_id text,
  currency text not null,
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  exchange_rate numeric,
  description text,
  created timestamptz not null,
  available_on timestamptz not null,
  status text not null check (status in ('pending', 'available')),
  payout_id text,
  mirrored_at timestamptz not null default now(),
  primary key (stripe_account, id),
  check (amount - fee = net)
);
create index balance_transactions_by_time on books.balance_transactions (stripe_account, created desc, id desc);
create index balance_transactions_sums on books.balance_transactions (stripe_account, currency, status) include (net);
create index balance_transactions_pending on books.balance_transactions (stripe_account, available_on) where status = 'pending';
create index balance_transactions_by_payout on books.balance_transactions (stripe_account, payout_id) where payout_id is not null;

-- Each balance transaction in its parts (the amount, each kind of fee), and the entry that each part belongs to.
create table books.legs (
  stripe_account text not null,
  transaction_id text not null,
  part text not null,
  source_id text,
  currency text not null,
  amount bigint not null,
  -- waiting: no entry yet · matched: with a prediction · booked: by a rule · unknown: no rule knows it, it is in suspense
  state text not null check (state in ('waiting', 'matched', 'booked', 'unknown')),
  reference text,
  primary key (stripe_account, transaction_id, part),
  check ((state = 'waiting') = (reference is null))
);
create index legs_by_reference on books.legs (reference, stripe_account) where reference is not null;
create index legs_waiting on books.legs (stripe_account, source_id, part) where state = 'waiting';
create index legs_unknown on books.legs (stripe_account, transaction_id) where state = 'unknown';

-- Facts stay as they were told; what we learn about them (status, match, payout) may be added.
create function books.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'books.% keeps what it was told: only its state may change', tg_table_name;
end $$;
create trigger append_only before delete or truncate on books.balance_transactions
  for each statement execute function books.refuse_change();
create trigger facts before update of stripe_account, id, type, source_id, currency, amount, fee, net, created on books.balance_transactions
  for each row when (old is distinct from new) execute function books.refuse_change();
create trigger append_only before delete or truncate on books.entries
  for each statement execute function books.refuse_change();
create trigger facts before update of reference, kind, stripe_account, part, currency, amount, order_id on books.entries
  for each row when (old is distinct from new) execute function books.refuse_change();
create trigger append_only before delete or truncate on books.legs
  for each statement execute function books.refuse_change();
create trigger facts before update of stripe_account, transaction_id, part, currency, amount on books.legs
  for each row when (old is distinct from new) execute function books.refuse_change();
