-- Mails that wait to be sent, were sent, or are kept for the demo's page because there is no mail server.
create schema notifications;

create table notifications.mails (
  id text primary key,
  -- What the mail is about, once: "order_paid ord_…". A retried event writes no second mail.
  about text not null unique,
  recipient text not null,
  subject text not null,
  -- Emptied once sent, since links in mails are secrets.
  text text,
  html text,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'kept', 'failed')),
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index on notifications.mails (created_at, id);
