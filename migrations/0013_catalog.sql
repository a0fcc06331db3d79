-- What sellers offer: listings, their variants with price and stock, and the stock that orders hold.
create schema catalog;

create table catalog.categories (
  id text primary key check (id ~ '^[a-z]+(-[a-z]+)*$'),
  name text not null,
  position int not null unique
);
insert into catalog.categories (id, name, position) values
  ('ceramics', 'Ceramics', 1),
  ('paper-and-books', 'Paper and books', 2),
  ('tea', 'Tea', 3),
  ('textiles', 'Textiles', 4),
  ('home', 'Home', 5),
  ('jewellery', 'Jewellery', 6),
  ('art', 'Art and prints', 7),
  ('wood', 'Wood', 8),
  ('food', 'Food', 9),
  ('other', 'Everything else', 10);

-- What the catalogue knows of a seller; locked when a shop opens or closes, so that no listing is missed.
create table catalog.shops (
  seller_id text primary key references sellers.sellers,
  open boolean not null
);

create table catalog.listings (
  id text primary key,
  seller_id text not null references catalog.shops,
  status text not null default 'draft' check (status in ('draft', 'published', 'archived')),
  title text not null check (length(title) between 1 and 120),
  description text not null check (length(description) <= 5000),
  category_id text not null references catalog.categories,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  shipping_amount bigint not null check (shipping_amount >= 0),
  ships_from text not null check (ships_from ~ '^[A-Z]{2}$'),
  -- Copied here so that browsing reads one row: the shop's state, and what its variants add up to.
  shop_open boolean not null,
  price_from bigint,
  price_to bigint,
  in_stock boolean not null default false,
  -- Milliseconds, since a page's cursor carries it through JavaScript.
  published_at timestamptz(3),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector not null generated always as (
    setweight(to_tsvector('english', title), 'A') ||
    setweight(to_tsvector('english', replace(category_id, '-', ' ')), 'B') ||
    setweight(to_tsvector('english', description), 'C')
  ) stored,
  unique (id, currency),
  check (status <> 'published' or published_at is not null)
);

-- One per order of a public list; a listing that nobody may see is in none of them.
create index listings_newest on catalog.listings (published_at, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_newest_in_category on catalog.listings (category_id, published_at, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_newest_in_shop on catalog.listings (seller_id, published_at, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_newest_from_country on catalog.listings (ships_from, published_at, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_newest_in_currency on catalog.listings (currency, published_at, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_price on catalog.listings (currency, price_from, id)
  where status = 'published' and shop_open and price_from is not null;
create index listings_price_in_category on catalog.listings (category_id, currency, price_from, id)
  where status = 'published' and shop_open and price_from is not null;
-- Without a pending list, whose scan would slow every search down between two vacuums.
create index listings_search on catalog.listings using gin (search) with (fastupdate = off)
  where status = 'published' and shop_open and price_from is not null;
-- The seller's own lists.
create index listings_of_seller on catalog.listings (seller_id, id);
create index listings_of_seller_by_status on catalog.listings (seller_id, status, id);

create table catalog.variants (
  id text primary key,
  listing_id text not null,
  currency text not null,
  position int not null,
  name text not null check (length(name) between 1 and 80),
  sku text check (length(sku) between 1 and 60),
  price_amount bigint not null check (price_amount > 0),
  on_hand int not null check (on_hand >= 0),
  -- Pieces that orders hold until Stripe says how their payment ended.
  held int not null default 0 check (held >= 0 and held <= on_hand),
  archived boolean not null default false,
  foreign key (listing_id, currency) references catalog.listings (id, currency)
);
create index variants_of_listing on catalog.variants (listing_id, position);

create table catalog.reservations (
  order_id text not null,
  variant_id text not null references catalog.variants,
  quantity int not null check (quantity > 0),
  state text not null check (state in ('held', 'released', 'taken', 'put_back')),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (order_id, variant_id)
);
create index reservations_held on catalog.reservations (variant_id) where state = 'held';

create table catalog.pictures (
  listing_id text not null references catalog.listings,
  file_id text not null references files.files,
  position int not null,
  alt text not null check (length(alt) between 1 and 200),
  primary key (listing_id, file_id)
);
