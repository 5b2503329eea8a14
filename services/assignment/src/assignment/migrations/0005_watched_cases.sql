-- Everything in this schema is computed from the log. So its tables are emptied, whichever there are,
-- and the follower begins again; its reactions keep their own checkpoint and give nothing twice. Until
-- it has come to the end of the log, nothing is raised about cases that it has not come to.
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

-- Question: which limits are still open, and what has been raised about them? Supervision by the clock
-- reads the open rows and nothing else, however many cases are closed.
create table assignment.watched_case (
  district text not null,
  proposal_id text not null,
  year integer not null,
  is_open boolean not null,
  has_ended boolean not null,
  parts jsonb not null,
  commitments jsonb not null,
  primary key (district, proposal_id)
);

create index open_cases on assignment.watched_case (district, is_open);
