-- Another id under which Stripe may show the same thing: a fee's refund goes by the fee on some accounts.
alter table books.entries add column alias text;
create index entries_by_alias on books.entries (stripe_account, alias, part) where alias is not null and matched_at is null;
