-- Pictures live in the database, so that a backup of it is a backup of the whole shop; equal bytes are kept once.
create schema files;

create table files.files (
  id text primary key,
  sha256 bytea not null unique check (octet_length(sha256) = 32),
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/svg+xml')),
  size int not null check (size = octet_length(bytes) and size between 1 and 5242880),
  bytes bytea not null,
  stored_by text not null,
  created_at timestamptz not null default now()
);
-- Pictures are compressed already: a second try would only cost time.
alter table files.files alter column bytes set storage external;
