-- Who did what, when and why. Nothing is changed or removed here: a trigger refuses it, and a hash chain shows it.
create schema audit;

create table audit.entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('guest', 'user', 'stripe', 'system')),
  -- The user's id or the job's name; no personal data, so that erasing a person leaves the chain whole.
  actor_id text,
  action text not null,
  subject text not null,
  -- json, not jsonb: the very text that was hashed is kept.
  before json,
  after json,
  reason text,
  -- Given by the sealing job in the order in which it found committed rows, without gaps.
  position bigint unique,
  hash bytea,
  check ((position is null) = (hash is null))
);
create index on audit.entries (id) where position is null;
create index on audit.entries (action, id);
create index on audit.entries (subject, id);
create index on audit.entries (actor_id, id);
create index on audit.entries (at, id);

create function audit.append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.position is null and new.position is not null
     and (new.id, new.at, new.actor_kind, new.action, new.subject) = (old.id, old.at, old.actor_kind, old.action, old.subject)
     and new.actor_id is not distinct from old.actor_id and new.reason is not distinct from old.reason
     and new.before::text is not distinct from old.before::text
     and new.after::text is not distinct from old.after::text then
    return new;
  end if;
  raise exception 'audit.entries is append-only';
end $$;

create trigger append_only before update or delete on audit.entries
  for each row execute function audit.append_only();
create trigger never_truncate before truncate on audit.entries
  for each statement execute function audit.append_only();

-- One row: the end of the chain, so that cutting off its tail shows, and what the last check of the whole found.
create table audit.chain (
  one boolean primary key default true check (one),
  position bigint not null default 0,
  hash bytea not null default '\x',
  checked_at timestamptz,
  checked_entries bigint,
  broken_position bigint,
  broken_reason text
);
insert into audit.chain default values;
