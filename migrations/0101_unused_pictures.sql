-- A picture that no listing shows any more is deleted a day later, unless it stood for a published listing: those are on
-- orders and receipts, which show it for good.
alter table files.files add column kept boolean not null default false;
update files.files f set kept = true
where exists (select from orders.lines l where l.picture_url = '/files/' || f.id);
update files.files f set kept = true from catalog.pictures p, catalog.listings l
where p.file_id = f.id and l.id = p.listing_id and l.published_at is not null and not f.kept
  and not exists (select from catalog.pictures b where b.listing_id = p.listing_id and b.position < p.position);

create index pictures_by_file on catalog.pictures (file_id);
delete from files.files f
where not kept and created_at < now() - interval '1 day'
  and not exists (select from catalog.pictures p where p.file_id = f.id);
