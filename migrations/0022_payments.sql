-- Attempts at paying an order, and the charges that came of them, with both legs of every amount.
create schema payments;

create table payments.customers (
  user_id text primary key,
  stripe_customer text unique,
  created_at timestamptz not null default now()
);

create table payments.checkout_sessions (
  id text primary key,
  order_id text not null,
  purchase_id text not null,
  seller_id text not null,
  status text not null check (status in ('creating', 'open', 'complete', 'expired', 'refused')),
  payment_status text not null default 'unpaid' check (payment_status in ('unpaid', 'processing', 'paid', 'failed')),
  amount bigint not null check (amount > 0),
  currency text not null,
  stripe_session text unique,
  payment_intent text unique,
  url text,
  expires_at timestamptz not null,
  -- Why we ended it, where it was us.
  ending_reason text,
  decline_code text,
  decline_words text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
-- One way to pay an order at a time: two open sessions could be paid twice.
create unique index sessions_one_live on payments.checkout_sessions (order_id) where status in ('creating', 'open');
create index sessions_of_order on payments.checkout_sessions (order_id, id);
create index sessions_live_of_seller on payments.checkout_sessions (seller_id) where status in ('creating', 'open');
create index sessions_open on payments.checkout_sessions (expires_at) where status = 'open';
create index sessions_unsettled on payments.checkout_sessions (changed_at)
  where status = 'complete' and payment_status in ('unpaid', 'processing');

create table payments.charges (
  id text primary key,
  session_id text not null references payments.checkout_sessions,
  seller_id text not null,
  stripe_account text not null,
  payment_intent text not null,
  -- What the buyer paid, and what arrived in the platform's balance; they differ where Stripe converted.
  presentment_amount bigint not null check (presentment_amount > 0),
  presentment_currency text not null,
  settlement_amount bigint,
  settlement_currency text,
  exchange_rate numeric,
  balance_transaction text,
  transfer_id text unique,
  destination_payment_id text unique,
  application_fee_id text unique,
  application_fee_amount bigint not null default 0,
  refunded_amount bigint not null default 0,
  fee_refunded_amount bigint not null default 0,
  reversed_amount bigint not null default 0,
  disputed boolean not null default false,
  charged_at timestamptz not null,
  -- When we asked for what stands here: an older picture does not replace a newer one.
  asked_at timestamptz not null
);
create index charges_of_session on payments.charges (session_id);
create index charges_unsettled on payments.charges (charged_at)
  where balance_transaction is null or transfer_id is null or (application_fee_amount > 0 and application_fee_id is null);

-- Which part of a charge paid which line; the line is null for shipping.
create table payments.allocations (
  charge_id text not null references payments.charges,
  order_id text not null,
  line_id text,
  amount bigint not null check (amount >= 0),
  unique nulls not distinct (charge_id, order_id, line_id)
);
create index allocations_of_order on payments.allocations (order_id);

-- What a person has to look at: money that came otherwise than we asked for it.
create table payments.attention (
  id text primary key,
  kind text not null check (kind in ('paid_after_cancel', 'paid_twice', 'amount_differs', 'refused')),
  order_id text not null,
  charge_id text,
  details text not null,
  created_at timestamptz(3) not null default now(),
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique nulls not distinct (kind, order_id, charge_id)
);
create index attention_open on payments.attention (created_at, id) where resolved_at is null;
