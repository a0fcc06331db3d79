-- People and how they prove who they are: the only schema that keeps personal data of users. Secrets are hashed.
create schema identity;

create table identity.users (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  email text not null unique check (email = lower(email)),
  password_hash text,
  is_admin boolean not null default false,
  email_confirmed_at timestamptz not null,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  check (closed_at is null or password_hash is null)
);

-- What somebody asked for and must confirm by a link in a mail: a sign-up, a new password, a new e-mail address.
-- A row is written whether or not the address is known, so that the answer and its time say nothing about it.
create table identity.mail_links (
  id text primary key,
  purpose text not null check (purpose in ('sign_up', 'password_reset', 'email_change')),
  email text not null check (email = lower(email)),
  user_id text references identity.users on delete cascade,
  name text,
  password_hash text,
  -- The browser that signed up holds the other half: only there does confirming also sign in.
  browser_hash bytea,
  next_path text,
  -- Null until the mail is written.
  token_hash bytea unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check (purpose <> 'sign_up' or (name is not null and password_hash is not null and browser_hash is not null)),
  check (purpose <> 'email_change' or user_id is not null)
);
create index on identity.mail_links (email);
create index on identity.mail_links (user_id);
create index on identity.mail_links (expires_at);

create table identity.sessions (
  id text primary key,
  cookie_hash bytea not null unique,
  user_id text not null references identity.users on delete cascade,
  device text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on identity.sessions (user_id);
create index on identity.sessions (expires_at);

create table identity.api_keys (
  id text primary key,
  user_id text not null references identity.users on delete cascade,
  name text not null check (length(name) between 1 and 100),
  key_hash bytea not null unique,
  -- The last four characters, to tell keys apart.
  hint text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index on identity.api_keys (user_id, id);

-- Counters that all web processes share. Unlogged: losing them in a crash costs nothing.
create unlogged table identity.rate_limits (
  key bytea primary key,
  count int not null,
  window_ends timestamptz not null
);
create index on identity.rate_limits (window_ends);
