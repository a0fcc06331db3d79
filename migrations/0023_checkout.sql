-- Carts, promotion codes, and how a cart became a purchase.
create schema checkout;

create table checkout.carts (
  id text primary key,
  user_id text unique,
  token_hash bytea unique check (octet_length(token_hash) = 32),
  promotion_code text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (user_id is not null or token_hash is not null)
);
create index carts_forgotten on checkout.carts (changed_at) where user_id is null;

create table checkout.cart_items (
  cart_id text not null references checkout.carts on delete cascade,
  variant_id text not null,
  quantity int not null check (quantity between 1 and 99),
  -- The price that the buyer saw; checkout asks again when it has changed.
  seen_amount bigint not null,
  currency text not null,
  added_at timestamptz not null default clock_timestamp(),
  primary key (cart_id, variant_id)
);

create table checkout.promotion_codes (
  id text primary key,
  code text not null unique check (code = upper(code) and length(code) between 3 and 40),
  funder text not null check (funder in ('seller', 'platform')),
  seller_id text,
  percent_bps int check (percent_bps between 1 and 10000),
  amount bigint check (amount > 0),
  currency text,
  valid_from timestamptz not null,
  valid_until timestamptz,
  max_redemptions int check (max_redemptions > 0),
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  check ((funder = 'seller') = (seller_id is not null)),
  check ((percent_bps is null) <> (amount is null)),
  check ((amount is null) = (currency is null)),
  check (valid_until > valid_from)
);
create index promotion_codes_of_seller on checkout.promotion_codes (seller_id, created_at, id);

create table checkout.redemptions (
  promotion_id text not null references checkout.promotion_codes,
  purchase_id text not null,
  redeemed_at timestamptz not null default now(),
  -- Set when every order of the purchase was canceled: the code counts as unused again.
  released_at timestamptz,
  primary key (promotion_id, purchase_id)
);
create index redemptions_of_purchase on checkout.redemptions (purchase_id);

-- The first answer to a form or an Idempotency-Key is given again.
create table checkout.begun (
  cart_id text not null,
  key text not null check (length(key) between 1 and 255),
  request_hash text not null,
  purchase_id text not null,
  created_at timestamptz not null default now(),
  primary key (cart_id, key)
);

-- Which cart an order came from, and what the cart looked like then. open: its goods are still in the cart; bought: they
-- have left it; canceled: they are in it again.
create table checkout.placed (
  order_id text primary key,
  purchase_id text not null,
  cart_id text not null,
  fingerprint text not null,
  state text not null default 'open' check (state in ('open', 'bought', 'canceled')),
  placed_at timestamptz not null default now()
);
create index placed_of_cart on checkout.placed (cart_id) where state = 'open';
create index placed_open on checkout.placed (placed_at) where state = 'open';
create index placed_of_purchase on checkout.placed (purchase_id);
