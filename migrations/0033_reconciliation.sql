-- The standing check of the books: what every run saw, and the differences until somebody has dealt with each.
create schema reconciliation;

create table reconciliation.runs (
  id text primary key,
  checked_at timestamptz not null,
  -- The columns that must meet, per account and currency, and what could not be compared.
  lines jsonb not null,
  notices jsonb not null,
  difference_count int not null
);
create index runs_newest on reconciliation.runs (checked_at desc);

create table reconciliation.differences (
  id text primary key,
  -- The same difference in every run has the same code and subject.
  code text not null,
  subject text not null,
  stripe_account text,
  currency text,
  sentence text not null,
  -- open: nobody has looked · explained: somebody knows why, and it is still there · closed: it is gone
  state text not null check (state in ('open', 'explained', 'closed')),
  note text,
  explained_by text,
  explained_at timestamptz,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  closed_at timestamptz,
  unique (code, subject)
);
create index differences_by_state on reconciliation.differences (state, id desc);
