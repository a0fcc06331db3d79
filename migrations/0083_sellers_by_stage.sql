-- How many sellers are in each stage, kept by their rows: counting them took longer the more there were.
create table sellers.stage_counts (
  stage text primary key,
  sellers int not null
);
insert into sellers.stage_counts select stage, count(*) from sellers.sellers group by stage;

create function sellers.keep_stage_counts() returns trigger language plpgsql as $$
begin
  -- In the order of their names, so that two sellers that change places do not wait for each other.
  insert into sellers.stage_counts as c (stage, sellers)
  select stage, change
  from (values (case when tg_op <> 'INSERT' then old.stage end, -1), (case when tg_op <> 'DELETE' then new.stage end, 1))
    moved (stage, change)
  where stage is not null order by stage
  on conflict (stage) do update set sellers = c.sellers + excluded.sellers;
  return null;
end $$;
create trigger stage_counts after insert or delete on sellers.sellers
  for each row execute function sellers.keep_stage_counts();
create trigger stage_counts_on_update after update of stage on sellers.sellers for each row
  when (old.stage is distinct from new.stage) execute function sellers.keep_stage_counts();
