-- A charge that nobody made through us belongs to no order, and an admin must still hear of it.
alter table payments.attention alter column order_id drop not null;
alter table payments.attention drop constraint attention_kind_check;
alter table payments.attention add constraint attention_kind_check
  check (kind in ('paid_after_cancel', 'paid_twice', 'amount_differs', 'refused', 'no_order'));
alter table payments.attention add check ((order_id is null) = (kind = 'no_order'));
-- A refund that has arrived closes what waits for its charge.
create index attention_charge on payments.attention (charge_id) where resolved_at is null;
