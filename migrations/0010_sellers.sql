-- Who sells: shops, their people, the terms they accepted, and the Stripe accounts they have been paid through.
create schema sellers;

-- `can_sell` and `stage` are derived (libs/sellers/src/selling.rules.ts) and kept here, so that lists can filter by them
-- and a sale can hold them still with one row lock.
create table sellers.sellers (
  id text primary key,
  slug text not null unique,
  name text not null check (length(name) between 2 and 60),
  description text not null default '' check (length(description) <= 1000),
  country text not null check (country ~ '^[A-Z]{2}$'),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  can_sell boolean not null default false,
  stage text not null default 'new'
    check (stage in ('new', 'onboarding', 'open', 'attention', 'restricted', 'suspended', 'closed')),
  suspended_at timestamptz,
  suspended_by text,
  suspended_reason text,
  created_at timestamptz not null default now(),
  search tsvector not null generated always as (to_tsvector('simple', name || ' ' || slug)) stored,
  check ((suspended_at is null) = (suspended_reason is null))
);
create index sellers_by_stage on sellers.sellers (stage, id desc);
create index sellers_by_search on sellers.sellers using gin (search);

create table sellers.members (
  seller_id text not null references sellers.sellers,
  user_id text not null,
  role text not null check (role in ('owner', 'staff')),
  added_at timestamptz not null default now(),
  primary key (seller_id, user_id)
);
create index members_by_user on sellers.members (user_id);

create table sellers.terms_acceptances (
  seller_id text not null references sellers.sellers,
  version text not null,
  accepted_at timestamptz not null default now(),
  accepted_by text not null,
  primary key (seller_id, version)
);

-- One row per Stripe account a seller ever had; what was sold through one stays with it.
create table sellers.connected_accounts (
  stripe_account text primary key,
  seller_id text not null references sellers.sellers,
  current boolean not null,
  country text,
  transfers text not null,
  transfers_reason text,
  payouts text not null,
  payouts_reason text,
  requirements jsonb not null default '[]',
  -- When transfers first became active: before it the seller is onboarding, after it a stop is a restriction.
  activated_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('closed', 'deauthorized')),
  -- When we began to ask for the picture that is stored here; one that was asked for earlier is older.
  asked_at timestamptz not null,
  look_again_at timestamptz not null,
  created_at timestamptz not null default now(),
  check ((ended_at is null) = (end_reason is null)),
  check (not (current and ended_at is not null))
);
create unique index connected_accounts_one_current on sellers.connected_accounts (seller_id) where current;
create index connected_accounts_by_seller on sellers.connected_accounts (seller_id);
create index connected_accounts_to_look_at on sellers.connected_accounts (look_again_at) where current;

-- The story of a seller, for the seller and for admins: words and sentences, no personal data.
create table sellers.timeline (
  id bigint generated always as identity primary key,
  seller_id text not null references sellers.sellers,
  at timestamptz not null,
  tone text not null check (tone in ('good', 'waiting', 'attention', 'bad', 'neutral')),
  word text not null,
  sentence text not null
);
create index timeline_by_seller on sellers.timeline (seller_id, id desc);
