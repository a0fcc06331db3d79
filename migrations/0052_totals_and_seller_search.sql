-- What was still counted or searched through row by row as the marketplace grew.

-- Payouts by day, currency and state, kept by the row itself: whatever writes a payout keeps its totals true.
create table payouts.daily_totals (
  day date not null,
  currency text not null,
  status text not null,
  amount bigint not null,
  payouts int not null check (payouts >= 0),
  primary key (day, currency, status)
);
insert into payouts.daily_totals
select (created at time zone 'UTC')::date, currency, status, sum(amount), count(*) from payouts.payouts group by 1, 2, 3;

create function payouts.keep_daily_totals() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update payouts.daily_totals t set amount = t.amount - old.amount, payouts = t.payouts - 1
    where t.day = (old.created at time zone 'UTC')::date and t.currency = old.currency and t.status = old.status;
  end if;
  if tg_op <> 'DELETE' then
    insert into payouts.daily_totals as t (day, currency, status, amount, payouts)
    values ((new.created at time zone 'UTC')::date, new.currency, new.status, new.amount, 1)
    on conflict (day, currency, status) do update set amount = t.amount + excluded.amount, payouts = t.payouts + 1;
  end if;
  return null;
end $$;
create trigger daily_totals_on_insert after insert or delete on payouts.payouts
  for each row execute function payouts.keep_daily_totals();
create trigger daily_totals_on_update after update on payouts.payouts for each row
  when (old.status is distinct from new.status or old.amount is distinct from new.amount
        or old.currency is distinct from new.currency or old.created is distinct from new.created)
  execute function payouts.keep_daily_totals();
drop index payouts.payouts_by_day;

-- A shop searches among its own orders: each word of a receiver's name is kept with the shop's id before it, so that the
-- orders of all the others, however many hold the same name, are never read.
create function orders.words_in_shop(seller_id text, words tsvector) returns tsvector language sql immutable parallel safe as $$
  select coalesce(array_to_tsvector(array_agg($1 || ' ' || word)), ''::tsvector) from unnest(tsvector_to_array($2)) as word
$$;
create index orders_of_seller_by_buyer_name on orders.orders
  using gin (orders.words_in_shop(seller_id, buyer_search)) with (fastupdate = off);
