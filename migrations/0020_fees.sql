-- What the platform takes of a sale: versions per currency, each in force from a date on, never changed afterwards.
create schema fees;

create table fees.rules (
  id text primary key,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  percent_bps int not null check (percent_bps between 0 and 10000),
  fixed_amount bigint not null check (fixed_amount >= 0),
  valid_from timestamptz(3) not null,
  note text not null default '' check (length(note) <= 500),
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (currency, valid_from)
);
create index rules_newest on fees.rules (valid_from desc, id desc);

-- 10 % and about a quarter of a euro, rounded to a coin of the currency.
insert into fees.rules (id, currency, percent_bps, fixed_amount, valid_from, note, created_by)
select 'fee_default_' || currency, currency, 1000, fixed_amount, '2020-01-01', 'The rule that came with the program.', 'system'
from (values
  ('usd', 30), ('eur', 30), ('gbp', 30), ('chf', 30), ('cad', 40), ('aud', 40), ('nzd', 50), ('sgd', 40), ('hkd', 200),
  ('jpy', 30), ('krw', 400), ('dkk', 200), ('sek', 300), ('nok', 300), ('isk', 4000), ('pln', 100), ('czk', 700),
  ('huf', 10000), ('ron', 150), ('bgn', 60), ('mxn', 500), ('brl', 150), ('aed', 100), ('thb', 1000), ('inr', 2500),
  ('myr', 120), ('twd', 1000), ('zar', 500)
) as rule (currency, fixed_amount);

create function fees.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a fee rule is never changed: add a version';
end $$;
create trigger rules_are_final before update or delete on fees.rules
  for each row execute function fees.refuse_change();
