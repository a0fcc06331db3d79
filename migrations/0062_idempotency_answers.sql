-- An answer is stored in the transaction of what it answers: there is no key without one any more.
delete from platform.idempotency_keys where status is null;
alter table platform.idempotency_keys drop column status, alter column body set not null;
