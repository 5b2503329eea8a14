-- A case that had ended before its dispatch was watched under the year 0, for which no rulebook is, and
-- nothing told a part that came back to its unit from the one that the unit had before.
--
-- The new column has no default, so that a process of an older version, which does not fill it, cannot
-- write such a row: its district is held until a newer one takes it.
--
-- Everything in this schema is computed from the log. So its tables are emptied, whichever there are,
-- and the follower begins again; its reactions keep their own checkpoint and give nothing twice.
do $$
declare
  computed regclass;
begin
  for computed in
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'assignment' and c.relkind = 'r'
  loop
    execute format('truncate %s', computed);
  end loop;
end
$$;

delete from log.checkpoint where follower = 'assignment';

alter table assignment.watched_case
  add column dispatch_position bigint not null;
