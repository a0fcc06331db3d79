-- Since when, by Stripe's clock, this database knows its Stripe account: what moved before is the opening balance. Null for a
-- database that is older than this rule; it has taken in all of its account's history in the old way.
alter table stripe.platform add column met_at timestamptz;
