-- A purchase is what a buyer asked for at once; an order is its part for one seller, with its split frozen at sale.
create schema orders;

create table orders.purchases (
  id text primary key,
  buyer_id text,
  email text not null check (length(email) between 3 and 254),
  created_at timestamptz(3) not null default now()
);
create index purchases_of_buyer on orders.purchases (buyer_id, id) where buyer_id is not null;

-- Hashes of what opens a purchase without signing in: the guest's cart cookie, and the links in mails.
create table orders.access_tokens (
  token_hash bytea not null check (octet_length(token_hash) = 32),
  purchase_id text not null references orders.purchases,
  created_at timestamptz not null default now(),
  primary key (token_hash, purchase_id)
);

create table orders.orders (
  id text primary key,
  purchase_id text not null references orders.purchases,
  position int not null,
  buyer_id text,
  seller_id text not null,
  stripe_account text not null,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  status text not null check (status in ('awaiting_payment', 'processing', 'paid', 'shipped', 'canceled', 'refunded')),

  -- The equation, frozen at sale: charged = seller's net + application fee + tax held.
  items_amount bigint not null check (items_amount >= 0),
  discount_amount bigint not null default 0 check (discount_amount between 0 and items_amount),
  discount_funder text check (discount_funder in ('seller', 'platform')),
  shipping_amount bigint not null check (shipping_amount >= 0),
  tax_amount bigint not null default 0 check (tax_amount >= 0),
  charged_amount bigint not null check (charged_amount > 0),
  application_fee_amount bigint not null check (application_fee_amount >= 0),
  seller_net_amount bigint not null check (seller_net_amount >= 0),
  fee_rule_id text not null,
  fee_percent_bps int not null,
  fee_fixed_amount bigint not null,
  check (charged_amount = seller_net_amount + application_fee_amount + tax_amount),
  check (charged_amount = items_amount - discount_amount + shipping_amount + tax_amount),
  check ((discount_amount = 0) = (discount_funder is null)),

  ship_name text not null,
  ship_line1 text not null,
  ship_line2 text,
  ship_city text not null,
  ship_region text,
  ship_postcode text,
  ship_country text not null check (ship_country ~ '^[A-Z]{2}$'),
  ship_phone text,

  -- What Stripe made of it; pinned, so that a refund acts on the very objects of the sale.
  payment_intent_id text unique,
  charge_id text unique,
  transfer_id text unique,
  destination_payment_id text unique,
  application_fee_id text unique,
  refunded_amount bigint not null default 0 check (refunded_amount between 0 and charged_amount),

  carrier text,
  tracking_number text,
  paid_at timestamptz,
  shipped_at timestamptz,
  canceled_at timestamptz,
  cancel_reason text,
  -- Milliseconds, since a page's cursor carries it through JavaScript.
  created_at timestamptz(3) not null default now(),
  -- What a shop finds an order by, beside its id.
  buyer_search tsvector not null generated always as (to_tsvector('simple', ship_name)) stored,
  unique (purchase_id, position)
);
create index orders_of_buyer on orders.orders (buyer_id, created_at, id) where buyer_id is not null;
create index orders_of_seller on orders.orders (seller_id, created_at, id);
create index orders_of_seller_by_status on orders.orders (seller_id, status, created_at, id);
create index orders_by_label on orders.orders (right(id, 6));
create index orders_by_buyer_name on orders.orders using gin (buyer_search) with (fastupdate = off);
create index orders_all on orders.orders (created_at, id);
create index orders_by_status on orders.orders (status, created_at, id);

create table orders.lines (
  id text primary key,
  order_id text not null references orders.orders,
  position int not null,
  variant_id text not null,
  listing_id text not null,
  title text not null,
  variant_name text not null,
  picture_url text,
  quantity int not null check (quantity > 0),
  unit_amount bigint not null check (unit_amount >= 0),
  discount_amount bigint not null default 0,
  discount_funder text check (discount_funder in ('seller', 'platform')),
  tax_amount bigint not null default 0 check (tax_amount >= 0),
  tax_owed_by text check (tax_owed_by in ('seller', 'platform')),
  -- What the buyer pays for the line, tax included.
  amount bigint not null check (amount >= 0),
  check (amount = unit_amount * quantity - discount_amount + tax_amount),
  check (discount_amount between 0 and unit_amount * quantity),
  unique (order_id, position)
);
