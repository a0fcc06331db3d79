-- What every module stands on: answers of our own API that are given again for the same Idempotency-Key.
create schema platform;

create table platform.idempotency_keys (
  scope text not null,
  key text not null check (length(key) between 1 and 255),
  fingerprint text not null,
  status int,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index on platform.idempotency_keys (created_at);
