-- The sweep for events takes the accounts in turn, the one that waited longest first; every open account has a cursor from its start.
create index cursors_in_turn on stripe.cursors (stream, swept_at);

insert into stripe.cursors (stream, account, position)
select 'events', stripe_account, floor(extract(epoch from now()))::bigint - 7 * 86400
from sellers.connected_accounts where end_reason is null
on conflict do nothing;
