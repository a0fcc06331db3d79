-- A text search index finds every row that has a word, but in no order: for a common word it gathers most of the table where
-- a page needs its newest few. So each word is kept with the place in which it is looked for before it: a shop, a week.
create function platform.week(at timestamptz) returns int language sql immutable parallel safe as $$
  select floor(extract(epoch from at) / 604800)::int
$$;
-- The place stands there by itself as well, for searches that no word bounds, such as those for what a listing does not say.
create function platform.words_in(place text, words tsvector) returns tsvector language sql immutable parallel safe as $$
  select array_to_tsvector(array_append(array_agg(left(place || ' ' || word, 500)), place)) from unnest(tsvector_to_array(words)) as word
$$;

-- What is for sale, week by week; a seller's own listings; a shop's orders by their receivers, week by week.
create index listings_by_word_and_week on catalog.listings
  using gin (platform.words_in(platform.week(published_at)::text, search)) with (fastupdate = off)
  where status = 'published' and shop_open and price_from is not null;
create index listings_by_word_and_seller on catalog.listings
  using gin (platform.words_in(seller_id, search)) with (fastupdate = off);
create index orders_by_receiver_and_week on orders.orders
  using gin (platform.words_in(seller_id || ' ' || platform.week(created_at), buyer_search)) with (fastupdate = off);
drop index orders.orders_of_seller_by_buyer_name;
drop function orders.words_in_shop;
