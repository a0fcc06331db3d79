-- A marketplace of :orders orders in one year, set by set. Order n went to seller s; a twentieth of all to seller 1 and a
-- twentieth from buyer 1, so that their own lists grow as the marketplace does. 50 orders per seller, 10 per buyer. What the
-- lists filter by is common enough to fill a page of the small marketplace, so that pages of equal length are compared.
create function pg_temp.id(prefix text, n bigint) returns text immutable language sql
  as $$ select prefix || '_' || lpad(n::text, 13, '0') || substr(md5(prefix || n), 1, 13) $$;
create function pg_temp.word(n bigint) returns text immutable language sql
  as $$ select (array['blue', 'small', 'round', 'tall', 'green', 'heavy', 'light', 'plain', 'old', 'warm'])[1 + n % 10] || ' ' ||
               (array['bowl', 'teapot', 'notebook', 'scarf', 'print', 'spoon', 'ring', 'vase', 'tray', 'cup', 'lamp'])[1 + n % 11] $$;

create temp table sale as
select n, s, b, pg_temp.id('ord', n) as order_id, pg_temp.id('pur', n - (n % 10 = 5)::int) as purchase_id, (n % 10 = 5)::int as position,
       pg_temp.id('sel', s) as seller_id, 'acct_' || s as account, pg_temp.id('usr', b) as buyer_id,
       (array['eur', 'usd', 'gbp'])[1 + s % 3] as currency, (array['DE', 'US', 'GB'])[1 + s % 3] as country,
       date_trunc('milliseconds', date_trunc('hour', now()) - interval '365 days' * (1 - n::float8 / :orders)) as at,
       1000 + n * 37 % 9000 as items, 490 as shipping, (1490 + n * 37 % 9000) / 10 + 30 as fee, 1 + n * 7 % :orders as good,
       case when n % 49 = 0 then 'canceled' when n % 17 = 1 then 'refunded' when n > :orders * 0.993 then 'awaiting_payment'
            when n % 997 = 7 then 'processing' when n % 19 = 3 then 'paid' else 'shipped' end as status
from (select n, case when n % 20 = 17 then 1 else 1 + n * 7919 % (:orders / 50) end as s,
             case when n % 20 = 13 then 1 when n % 10 < 3 then null else 1 + n * 104729 % (:orders / 10) end as b
      from generate_series(1::bigint, :orders) n) x;
create temp table paid as select *, items + shipping as charged from sale where status in ('paid', 'shipped', 'refunded');
analyze sale; analyze paid;
