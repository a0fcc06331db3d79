-- What was booked out of suspense can be taken back and booked anew: where it is booked now, and how often it was.
alter table reconciliation.differences
  add column booked_to text,
  add column bookings int not null default 0;
update reconciliation.differences d
set bookings = 1, booked_to = case p.source when 'suspense' then p.destination else p.source end
from ledger.transactions t join ledger.postings p on p.transaction_id = t.id
where t.kind = 'suspense_booked' and d.code = 'suspense'
  and t.reference = 'suspense_booked:' || split_part(d.subject, ' ', 2) || ':' || split_part(d.subject, ' ', 3);
