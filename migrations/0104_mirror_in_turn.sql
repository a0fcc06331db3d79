-- Accounts are mirrored and compared in turn, those that moved and the longest waiting first: all of ten thousand sellers at once is more than Stripe answers.
alter table books.accounts
  -- When we last heard of a movement: something we expect of the account, or a balance transaction that was new to us.
  add column moved_at timestamptz not null default now(),
  -- When the last look that came to an end began: a movement since then has not been looked at.
  add column looked_at timestamptz not null default '-infinity',
  add column next_look_at timestamptz not null default now(),
  -- The newest that the last look saw: the next one lists from a little before, for what Stripe lists late.
  add column looked_until timestamptz,
  -- When the last check that compared it with Stripe began.
  add column compared_at timestamptz not null default '-infinity';

-- Accounts that are known already: spread over the day, those that await something or have money become available sooner.
update books.accounts a set
  moved_at = coalesce(newest_created, watched_at),
  looked_at = coalesce(mirrored_at, '-infinity'),
  looked_until = newest_created,
  compared_at = coalesce(mirrored_at, '-infinity'),
  next_look_at = least(
    now() + random() * interval '23 hours',
    (select min(available_on) from books.balance_transactions b
     where b.stripe_account = a.stripe_account and b.status = 'pending'),
    (select min(noted_at) from books.entries e
     where e.stripe_account = a.stripe_account and e.origin = 'prediction' and e.matched_at is null));

create index accounts_due on books.accounts (next_look_at) where hidden_since is null;
