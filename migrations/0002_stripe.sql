-- Our side of the conversation with Stripe: whose account this database belongs to, what we asked, what Stripe told us.
create schema stripe;

-- One row: a database belongs to one platform account in one mode, for good.
create table stripe.platform (
  one boolean primary key default true check (one),
  account_id text not null,
  livemode boolean not null,
  noted_at timestamptz not null default now()
);

-- Every write to Stripe, with the exact request, before it is made.
create table stripe.attempts (
  id text primary key,
  kind text not null,
  subject_id text not null,
  number int not null,
  stripe_account text,
  request jsonb not null,
  idempotency_key text not null unique,
  state text not null check (state in ('open', 'done', 'refused', 'superseded')),
  result_id text,
  look_first boolean not null default false,
  error_code text,
  error_message text,
  tries int not null default 0,
  opened_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (kind, subject_id, number)
);
create unique index attempts_one_open on stripe.attempts (kind, subject_id) where state = 'open';
create index attempts_open on stripe.attempts (opened_at) where state = 'open';

-- Stripe's event destinations and the secrets they sign with; several while one is being rolled.
create table stripe.destinations (
  door text primary key check (door in ('payments', 'accounts', 'accounts_thin')),
  stripe_id text not null,
  url text not null,
  secrets text[] not null,
  updated_at timestamptz not null default now()
);

-- Every event, once. The row is the job: the worker claims what is queued and due, one at a time per object.
create table stripe.inbox_events (
  id bigint generated always as identity primary key,
  event_id text not null unique,
  door text not null,
  type text not null,
  account text,
  object_id text,
  object_key text not null,
  stripe_created timestamptz not null,
  payload text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'dead')),
  tries int not null default 0,
  run_at timestamptz not null default now(),
  locked_until timestamptz,
  last_error text,
  received_at timestamptz not null default now(),
  done_at timestamptz
);
-- The raw event is the widest column: LZ4 halves the cost of storing it (pglz costs more than it saves). A server built
-- without LZ4 keeps it as it is, inside the row.
do $$
begin
  alter table stripe.inbox_events alter column payload set compression lz4;
exception when feature_not_supported then
  alter table stripe.inbox_events alter column payload set storage external;
  alter table stripe.inbox_events set (toast_tuple_target = 8160);
end $$;
create index inbox_waiting on stripe.inbox_events (run_at, id) where state in ('queued', 'running');
create index inbox_per_object on stripe.inbox_events (object_key, id) where state in ('queued', 'running');
create index inbox_dead on stripe.inbox_events (id desc) where state = 'dead';
create index inbox_by_type on stripe.inbox_events (type, id desc);
create index inbox_by_object on stripe.inbox_events (object_id, id desc);

-- How far a sweep over one list of one account has come.
create table stripe.cursors (
  stream text not null,
  account text not null,
  position text not null,
  swept_at timestamptz not null default now(),
  primary key (stream, account)
);
