-- Which worker processes live: a job that a killed one was at is given to the next, not kept for graphile-worker's four hours.
create table platform.worker_processes (
  -- The name under which graphile-worker locks its jobs.
  pool_id text primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
