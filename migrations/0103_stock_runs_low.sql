-- A shop's desk shows which of its listings run out: kept on the listing, so that no variant is searched for.
alter table catalog.listings add column runs_low boolean not null default false;
update catalog.listings l set runs_low = true
where exists (select from catalog.variants v where v.listing_id = l.id and not v.archived and v.on_hand - v.held <= 2);
create index listings_that_run_low on catalog.listings (seller_id, id) where status = 'published' and runs_low;
