-- Who buys and sells what: people, shops, goods, and the sales of market-sales.sql as orders and payments.
insert into identity.users (id, name, email, email_confirmed_at, is_admin)
select pg_temp.id('usr', n), 'Person ' || n, 'person-' || n || '@example.com', now(), n = 1 from generate_series(1, :orders / 10) n;
insert into identity.api_keys (id, user_id, name, key_hash, hint)
values (pg_temp.id('key', 1), pg_temp.id('usr', 1), 'Bench', sha256('gh_bench'), 'ench');

insert into sellers.sellers (id, slug, name, description, country, currency, can_sell, stage, created_at)
select pg_temp.id('sel', s), 'shop-' || s, initcap(pg_temp.word(s)) || ' workshop ' || s, 'Made by hand.',
       (array['DE', 'US', 'GB'])[1 + s % 3], (array['eur', 'usd', 'gbp'])[1 + s % 3], s % 4 <> 0,
       case s % 4 when 0 then 'onboarding' when 3 then 'attention' else 'open' end, now() - interval '400 days'
from generate_series(1, :orders / 50) s;
-- Triggers stand still while the market is filled.
insert into sellers.stage_counts select stage, count(*) from sellers.sellers group by stage;
insert into sellers.members (seller_id, user_id, role)
select pg_temp.id('sel', s), pg_temp.id('usr', s), 'owner' from generate_series(1, :orders / 50) s;
insert into sellers.connected_accounts (stripe_account, seller_id, current, country, transfers, payouts, activated_at, asked_at, look_again_at)
select 'acct_' || s, pg_temp.id('sel', s), true, 'DE', 'active', 'active', now(), now(), now() + interval '1 day'
from generate_series(1, :orders / 50) s;
insert into sellers.timeline (seller_id, at, tone, word, sentence)
select pg_temp.id('sel', s), now() - interval '1 day' * t, 'good', 'Open', 'The shop is open.'
from generate_series(1, :orders / 50) s, generate_series(1, 10) t;

insert into files.files (id, sha256, content_type, size, bytes, stored_by)
values ('fil_bench', sha256('bench'), 'image/png', 5, 'bench', 'bench');
insert into catalog.shops (seller_id, open) select id, can_sell from sellers.sellers;
insert into catalog.listings (id, seller_id, status, title, description, category_id, currency, shipping_amount, ships_from,
  shop_open, price_from, price_to, in_stock, published_at, created_at)
select pg_temp.id('lst', n), pg_temp.id('sel', s), case n % 20 when 0 then 'draft' when 1 then 'archived' else 'published' end,
       initcap(pg_temp.word(n)) || ' ' || n, 'A ' || pg_temp.word(n * 13 % 1009) || ', made by hand in a small workshop.',
       (array['ceramics', 'paper-and-books', 'tea', 'textiles', 'home', 'jewellery', 'art', 'wood', 'food', 'other'])[1 + n * 17 % 10],
       (array['eur', 'usd', 'gbp'])[1 + s % 3], 490, (array['DE', 'US', 'GB'])[1 + s % 3], s % 4 <> 0,
       1000 + n * 37 % 9000, 1000 + n * 37 % 9000, n % 9 <> 0,
       date_trunc('milliseconds', now() - interval '400 days' * (1 - n::float8 / :orders)), now()
from (select n, case when n % 20 = 17 then 1 else 1 + n * 7919 % (:orders / 50) end as s from generate_series(1::bigint, :orders) n) x;
insert into catalog.variants (id, listing_id, currency, position, name, price_amount, on_hand)
select replace(id, 'lst', 'var'), id, currency, 1, 'Blue', price_from, case when in_stock then 10 else 0 end from catalog.listings;
insert into catalog.pictures (listing_id, file_id, position, alt) select id, 'fil_bench', 1, title from catalog.listings;

insert into fees.rules (id, currency, percent_bps, fixed_amount, valid_from, note, created_by)
select pg_temp.id('fee', n), (array['eur', 'usd', 'gbp'])[1 + n % 3], 900 + n % 200, 30, now() - interval '1 day' * n, 'A version.', 'system'
from generate_series(1, 300) n;

insert into orders.purchases (id, buyer_id, email, created_at)
select purchase_id, buyer_id, 'person-' || coalesce(b, n) || '@example.com', at from sale where position = 0;
insert into orders.orders (id, purchase_id, position, buyer_id, seller_id, stripe_account, currency, status, items_amount, shipping_amount,
  charged_amount, application_fee_amount, seller_net_amount, fee_rule_id, fee_percent_bps, fee_fixed_amount, ship_name, ship_line1,
  ship_city, ship_postcode, ship_country, payment_intent_id, charge_id, transfer_id, destination_payment_id, application_fee_id,
  refunded_amount, paid_at, shipped_at, canceled_at, cancel_reason, created_at)
select order_id, purchase_id, position, buyer_id, seller_id, account, currency, status, items, shipping, items + shipping, fee,
       items + shipping - fee, 'fee_default_' || currency, 1000, 30,
       -- By n / 20, since n itself decides the shop: with it the first shop's buyers would share two first names.
       (array['Ada', 'Berta', 'Chloe', 'Dora', 'Emma', 'Finn', 'Greta', 'Hugo'])[1 + n / 20 % 8] || ' ' || initcap(substr(md5((n % 4999)::text), 1, 7)), 'Main Street 1', 'Town',
       '12345', country, case when charge then 'pi_' || n end, case when charge then 'ch_' || n end, case when charge then 'tr_' || n end,
       case when charge then 'py_' || n end, case when charge then 'fee_' || n end,
       case when status = 'refunded' then items + shipping else 0 end, case when charge then at + interval '2 minutes' end,
       case when status = 'shipped' then at + interval '1 day' end, case when status = 'canceled' then at + interval '1 hour' end,
       case when status = 'canceled' then 'expired' end, at
from (select *, status in ('paid', 'shipped', 'refunded') as charge from sale) s;
insert into orders.lines (id, order_id, position, variant_id, listing_id, title, variant_name, picture_url, quantity, unit_amount, amount)
select pg_temp.id('lin', n), order_id, 1, pg_temp.id('var', good), pg_temp.id('lst', good), initcap(pg_temp.word(good)) || ' ' || good, 'Blue',
       '/files/fil_bench', 1, items, items from sale;

insert into payments.checkout_sessions (id, order_id, purchase_id, seller_id, status, payment_status, amount, currency, stripe_session,
  payment_intent, url, expires_at, created_at, changed_at)
select pg_temp.id('cks', n), order_id, purchase_id, seller_id,
       case status when 'canceled' then 'expired' when 'awaiting_payment' then 'expired' else 'complete' end,
       case when status in ('canceled', 'awaiting_payment') then 'unpaid' when status = 'processing' then 'processing' else 'paid' end,
       items + shipping, currency, 'cs_' || n, 'pi_' || n, null, at + interval '1 hour', at, at + interval '2 minutes' from sale;
insert into payments.charges (id, session_id, seller_id, stripe_account, payment_intent, presentment_amount, presentment_currency,
  settlement_amount, settlement_currency, balance_transaction, transfer_id, destination_payment_id, application_fee_id,
  application_fee_amount, refunded_amount, charged_at, asked_at)
select 'ch_' || n, pg_temp.id('cks', n), seller_id, account, 'pi_' || n, charged, currency, charged, currency, 'txn_c' || n, 'tr_' || n,
       'py_' || n, 'fee_' || n, fee, case when status = 'refunded' then charged else 0 end, at + interval '2 minutes', at + interval '2 minutes'
from paid;
insert into payments.allocations (charge_id, order_id, line_id, amount)
select 'ch_' || n, order_id, pg_temp.id('lin', n), items from paid union all select 'ch_' || n, order_id, null, shipping from paid;
insert into payments.attention (id, kind, order_id, charge_id, details, created_at, resolved_at, resolved_by, resolution)
select pg_temp.id('att', n), 'paid_twice', order_id, 'ch_' || n, 'It was paid twice.', at,
       case when n % 100 <> 2 then now() end, case when n % 100 <> 2 then 'system' end, case when n % 100 <> 2 then 'Done.' end
from paid where n % 100 = 2 or n % 200 = 6;

insert into refunds.refunds (id, origin, requested_by, reason, order_id, seller_id, stripe_account, charge_id, transfer_id, application_fee_id,
  currency, amount, fee_amount, reversal_amount, status, fee_step, reversal_step, stripe_refund_id, fee_refund_id, reversal_id, created_at, refunded_at)
select pg_temp.id('rfd', n), case when n / 17 % 4 = 1 then 'outside' else 'seller' end, pg_temp.id('usr', 1), 'The buyer asked for it.', order_id, seller_id,
       account, 'ch_' || n, 'tr_' || n, 'fee_' || n, currency, charged, fee, charged - fee, case when n / 17 % 4 = 2 then 'failed' else 'succeeded' end,
       'done', 'done', 're_' || n, 'fr_' || n, 'trr_' || n, at + interval '3 days', at + interval '3 days'
from paid where status = 'refunded';
insert into debts.debts (id, seller_id, stripe_account, order_id, cause, currency, amount, status, last_error, next_try_at, written_off_reason, created_at, settled_at)
select pg_temp.id('dbt', n), seller_id, account, order_id, 'rfd_' || n, currency, charged, state, 'The balance was too short.', now(),
       case state when 'written_off' then 'Too old.' end, at, case when state <> 'pending' then now() end
from (select *, case when n / 17 % 3 = 0 then 'pending' when n / 17 % 3 = 1 then 'written_off' else 'recovered' end as state
      from paid where status = 'refunded' and n % 2 = 1) d;

insert into checkout.promotion_codes (id, code, funder, seller_id, percent_bps, valid_from, created_by, created_at)
select pg_temp.id('prm', n), 'CODE-' || n, case when n % 10 = 0 then 'platform' else 'seller' end,
       case when n % 10 = 0 then null else pg_temp.id('sel', 1 + n % (:orders / 50)) end, 500, now(), 'system',
       date_trunc('milliseconds', now() - interval '1 minute' * n)
from generate_series(1, :orders / 20) n;
insert into checkout.redemptions (promotion_id, purchase_id)
select distinct pg_temp.id('prm', 1 + n % (:orders / 20)), purchase_id from sale where n % 10 = 2;
