-- Refunds of orders, each in up to three steps at Stripe: the buyer, the application fee, the transfer.
create schema refunds;

create table refunds.refunds (
  id text primary key,
  -- Who began it. outside: somebody in Stripe's dashboard, not us.
  origin text not null check (origin in ('seller', 'admin', 'system', 'outside')),
  requested_by text,
  reason text not null check (length(reason) <= 500),

  -- Null while nobody has said which order an outside refund belongs to.
  order_id text,
  seller_id text,
  stripe_account text,
  charge_id text not null,
  transfer_id text,
  application_fee_id text,

  -- The parts, worked out when it was asked for: what each step moves.
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null check (amount > 0),
  fee_amount bigint not null default 0 check (fee_amount between 0 and amount),
  reversal_amount bigint not null default 0 check (reversal_amount between 0 and amount),

  status text not null check (status in ('requested', 'pending', 'succeeded', 'failed', 'refused')),
  fee_step text not null default 'none' check (fee_step in ('none', 'waiting', 'done', 'refused', 'dropped')),
  reversal_step text not null default 'none' check (reversal_step in ('none', 'waiting', 'done', 'owed', 'written_off', 'dropped')),

  stripe_refund_id text unique,
  fee_refund_id text unique,
  reversal_id text unique,
  -- What Stripe said where a step did not go through, in words for a person.
  problem text,
  next_try_at timestamptz,
  tries int not null default 0,

  created_at timestamptz(3) not null default now(),
  refunded_at timestamptz,
  fee_refunded_at timestamptz,
  reversed_at timestamptz,
  failed_at timestamptz,
  -- For an outside refund: the order that Stripe's charge names, and since when an admin has said which it is.
  suggested_order_id text,
  attributed_at timestamptz,
  check (origin = 'outside' or order_id is not null),
  check ((fee_step = 'none') or fee_amount > 0),
  check ((reversal_step = 'none') or reversal_amount > 0)
);
-- However often it is clicked: one refund of ours at a time for a charge, unless the one before came to nothing.
create unique index refunds_one_per_charge on refunds.refunds (charge_id)
  where origin <> 'outside' and status in ('requested', 'pending', 'succeeded');
create index refunds_of_order on refunds.refunds (order_id, id) where order_id is not null;
create index refunds_of_charge on refunds.refunds (charge_id, id);
create index refunds_all on refunds.refunds (created_at, id);
create index refunds_by_status on refunds.refunds (status, created_at, id);
create index refunds_of_seller on refunds.refunds (seller_id, created_at, id);
create index refunds_unattributed on refunds.refunds (created_at, id) where origin = 'outside' and attributed_at is null;
create index refunds_pending on refunds.refunds (created_at) where status = 'pending';
create index refunds_failed on refunds.refunds (created_at, id) where status in ('failed', 'refused');
create index refunds_unfinished on refunds.refunds (coalesce(next_try_at, created_at))
  where status in ('pending', 'succeeded') and (fee_step in ('waiting', 'refused') or reversal_step = 'waiting');
