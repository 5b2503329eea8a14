-- One table for the events of all districts. In sixteen, a transaction for many districts had to
-- open up to sixteen tables and forty-eight indexes: a third of what it cost (decision 17).
alter table log.event rename to event_in_parts;

create table log.event (
  district text not null,
  position bigint not null,
  stream text not null,
  version integer not null,
  event_id uuid not null,
  type text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  body bytea not null,
  leaf_hash bytea not null
);

insert into log.event
select district, position, stream, version, event_id, type, recorded_at, body, leaf_hash
from log.event_in_parts
order by district, position;

drop table log.event_in_parts;

alter table log.event
  add constraint one_event_at_each_position primary key (district, position),
  add constraint one_event_at_each_stream_version unique (district, stream, version),
  add constraint an_event_is_recorded_once unique (district, event_id),
  add constraint positions_and_versions_count_from_one check (position > 0 and version > 0);

create trigger the_log_is_append_only before update or delete or truncate on log.event
  for each statement execute function log.refuse_change();

analyze log.event;

-- As before, without a way of its own for a single district: that was for its one part.
create or replace function log.append(
  _district text[],
  _write integer[],
  _stream text[],
  _version integer[],
  _event_id uuid[],
  _type text[],
  _body bytea[]
) returns table (write integer, outcome text, last_position bigint, conflicting_stream text)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  _is_plain boolean;
  _found bigint[];
  _latest integer[];
  _repeated integer[] := '{}';
  _conflicting integer[] := '{}';
  _streams text[] := '{}';
  _position bigint[];
begin
  -- Both questions in one statement, so in one snapshot: between two, this command's own events
  -- could be committed by its twin, and would be taken for somebody else's.
  with known as materialized (
    select i.version, i.ordinal,
      (select e.position from log.event e
       where e.district = i.district and e.event_id = i.event_id) as position,
      coalesce((select max(e.version) from log.event e
       where e.district = i.district and e.stream = i.stream), 0) as latest
    from unnest(_district, _stream, _version, _event_id)
      with ordinality as i (district, stream, version, event_id, ordinal)
  )
  select array_agg(k.position order by k.ordinal), array_agg(k.latest order by k.ordinal),
    bool_and(k.position is null and k.version = 1 + k.latest)
  into _found, _latest, _is_plain
  from known k;

  -- Plain: nothing was found, and every event is the next one of its stream.
  if not _is_plain then
    select coalesce(array_agg(distinct i.write), '{}') into _repeated
    from unnest(_write, _found) as i (write, position)
    where i.position is not null;

    select coalesce(array_agg(c.write), '{}'), coalesce(array_agg(c.stream), '{}')
    into _conflicting, _streams
    from (
      select s.write, min(s.stream) as stream
      from (
        select i.write, i.stream
        from unnest(_write, _stream, _version, _latest) as i (write, stream, version, latest)
        where i.write <> all (_repeated)
        group by i.write, i.stream
        having min(i.version) <> 1 + max(i.latest)
      ) s
      group by s.write
    ) c;
  end if;

  -- Counters are locked in the order of their names: two calls never wait for each other.
  with item as (
    select i.district, i.ordinal,
      i.write <> all (_repeated) and i.write <> all (_conflicting) as is_new
    from unnest(_district, _write) with ordinality as i (district, write, ordinal)
  ), counted as (
    insert into log.head as h (district, position)
    select i.district, count(*) from item i
    where i.is_new group by i.district order by i.district
    on conflict (district) do update set position = h.position + excluded.position
    returning h.district, h.position
  ), placed as (
    select i.ordinal, case when i.is_new then c.position + 1
      - row_number() over (partition by i.district, i.is_new order by i.ordinal desc) end
      as position
    from item i
    left join counted c on c.district = i.district
  )
  select array_agg(p.position order by p.ordinal) into _position from placed p;

  insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
  select i.district, i.position, i.stream, i.version, i.event_id, i.type, i.body,
    sha256('\x00'::bytea || i.body)
  from unnest(_district, _position, _stream, _version, _event_id, _type, _body)
    as i (district, position, stream, version, event_id, type, body)
  where i.position is not null;

  return query
  select
    i.write,
    case
      when i.write = any (_repeated) then 'repeated'
      when i.write = any (_conflicting) then 'conflict'
      else 'appended'
    end,
    max(coalesce(i.position, i.found)),
    _streams[array_position(_conflicting, i.write)]
  from unnest(_write, _position, _found) as i (write, position, found)
  group by i.write;
end
$$;
