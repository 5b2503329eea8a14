-- Where in the stream the last event of a district was acknowledged: what the stream dropped for its
-- age lies before its first sequence, what it lost does not.
alter table log.relayed add column sequence bigint not null default 0;

-- Events that a person let a follower pass by, with who decided it, when and why. Kept for ever.
create table log.passed_by (
  follower text not null,
  district text not null,
  position bigint not null,
  event_id uuid not null,
  failure text not null,
  why text not null,
  decided_by text not null,
  decided_by_name text not null,
  decided_at timestamptz not null default clock_timestamp(),
  primary key (district, follower, position),
  constraint who_and_why_are_said check (why <> '' and decided_by <> '' and decided_by_name <> '')
);

create trigger the_log_is_append_only before update or delete or truncate on log.passed_by
  for each statement execute function log.refuse_change();
