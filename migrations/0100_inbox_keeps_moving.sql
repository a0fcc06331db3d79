-- Which worker process is at an event, so that those of a killed one go to the next at once.
alter table stripe.inbox_events add column locked_by text;

-- What is forgotten each night is found by its age, however much is kept.
create index inbox_to_forget on stripe.inbox_events (done_at) where state = 'done';
create index attempts_to_forget on stripe.attempts (finished_at) where state <> 'open' and request <> '{}';
