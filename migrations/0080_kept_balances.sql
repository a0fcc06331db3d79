-- What each Stripe account has: the sums of its balance transactions, kept by the rows themselves, so that whatever writes
-- the mirror keeps them true and a seller's balance is one row however long the account's history is. The books compare.
create table books.balances (
  stripe_account text not null,
  currency text not null,
  available bigint not null,
  pending bigint not null,
  primary key (stripe_account, currency)
);
insert into books.balances
select stripe_account, currency, coalesce(sum(net) filter (where status = 'available'), 0),
       coalesce(sum(net) filter (where status = 'pending'), 0)
from books.balance_transactions group by 1, 2;

create function books.add_to_balances() returns trigger language plpgsql as $$
begin
  insert into books.balances as b
  select stripe_account, currency, coalesce(sum(net) filter (where status = 'available'), 0),
         coalesce(sum(net) filter (where status = 'pending'), 0)
  from added group by 1, 2 order by 1, 2
  on conflict (stripe_account, currency) do update
    set available = b.available + excluded.available, pending = b.pending + excluded.pending;
  return null;
end $$;
create trigger balances after insert on books.balance_transactions
  referencing new table as added for each statement execute function books.add_to_balances();

-- Of a balance transaction that is there, only the status can move the sums: all else that they are made of never changes.
create function books.move_in_balances() returns trigger language plpgsql as $$
begin
  update books.balances b set available = b.available + m.available, pending = b.pending + m.pending
  from (select stripe_account, currency, coalesce(sum(net) filter (where status = 'available'), 0) as available,
               coalesce(sum(net) filter (where status = 'pending'), 0) as pending
        from (select stripe_account, currency, status, net from now_so
              union all select stripe_account, currency, status, -net from before) each
        group by 1, 2) m
  where b.stripe_account = m.stripe_account and b.currency = m.currency and (m.available, m.pending) <> (0, 0);
  return null;
end $$;
create trigger balances_moved after update on books.balance_transactions
  referencing old table as before new table as now_so for each statement execute function books.move_in_balances();

-- It only served to add them up.
drop index books.balance_transactions_sums;
