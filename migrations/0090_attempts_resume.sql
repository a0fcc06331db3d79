-- An open attempt is its own job: the worker takes up what is due, so that opening and closing one costs no job besides.
alter table stripe.attempts add column resume_at timestamptz not null default now() + interval '1 minute';
drop index stripe.attempts_open;
create index attempts_due on stripe.attempts (resume_at) where state = 'open';
select graphile_worker.remove_job(key) from graphile_worker.jobs
  where task_identifier in ('stripe.attempt', 'stripe.attempts.sweep') and key is not null;
