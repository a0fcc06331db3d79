-- A seller's refunds of one status, without reading all of the seller's or all of that status.
create index refunds_of_seller_by_status on refunds.refunds (seller_id, status, created_at, id);

-- Whether another refund of the same charge came after this one, kept by that other row: of those that did not reach the
-- buyer, what still waits for a person is then counted in one index.
alter table refunds.refunds add column tried_again boolean not null default false;
update refunds.refunds r set tried_again = true
where exists (select from refunds.refunds later where later.charge_id = r.charge_id and later.id > r.id);
create function refunds.note_another_try() returns trigger language plpgsql as $$
begin
  update refunds.refunds set tried_again = true where charge_id = new.charge_id and id < new.id and not tried_again;
  return null;
end $$;
create trigger another_try after insert on refunds.refunds for each row execute function refunds.note_another_try();
create index refunds_given_up on refunds.refunds (created_at) where status in ('failed', 'refused') and not tried_again;
