-- What a seller owes the platform: money that could not be taken back because their Stripe balance was too short.
create schema debts;

create table debts.debts (
  id text primary key,
  seller_id text not null,
  stripe_account text not null,
  order_id text not null,
  -- What it stands for, such as a refund's id: one debt for each.
  cause text not null unique,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null check (amount > 0),
  status text not null check (status in ('pending', 'recovered', 'written_off')),
  -- Stripe's words at the last try.
  last_error text not null,
  tries int not null default 1,
  next_try_at timestamptz not null,
  written_off_reason text,
  created_at timestamptz(3) not null default now(),
  settled_at timestamptz,
  check ((status = 'pending') = (settled_at is null)),
  check ((status = 'written_off') <= (written_off_reason is not null))
);
create index debts_due on debts.debts (next_try_at) where status = 'pending';
create index debts_of_seller_pending on debts.debts (seller_id) where status = 'pending';
create index debts_all on debts.debts (created_at, id);
create index debts_by_status on debts.debts (status, created_at, id);
create index debts_of_seller on debts.debts (seller_id, created_at, id);
