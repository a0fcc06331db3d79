-- Lists that took longer the larger the marketplace grew.

-- What the latest check saw of each account, as rows that can be paged through instead of one value in its run. Accounts
-- that do not agree come first, and of the others the platform does.
alter table reconciliation.runs drop column lines;
create table reconciliation.lines (
  stripe_account text not null,
  currency text not null,
  ledger bigint not null,
  on_its_way bigint not null,
  mirror bigint not null,
  stripe_pending bigint not null,
  stripe_available bigint not null,
  agree boolean not null,
  differs_first smallint not null generated always as (case when agree then 0 else 1 end) stored,
  checked_at timestamptz not null,
  primary key (stripe_account, currency)
);
create index lines_differs_first on reconciliation.lines (differs_first desc, stripe_account desc, currency desc);

-- Somebody's acts of one kind, without reading all that they did.
create index entries_by_actor_and_action on audit.entries (actor_id, action, id);
