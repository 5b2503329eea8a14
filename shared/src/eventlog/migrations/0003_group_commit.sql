-- Appends writes to any number of districts, in one transaction. A write is one command's events
-- in one district; it is appended whole or not at all, and what happens to it does not touch its
-- neighbours. No two writes of a call may touch the same stream.
--   outcome 'repeated'   one of its event ids is in the log: this command has been done before
--           'conflict'   a stream has another version than the command was decided on
--           'appended'   its events have the positions up to `last_position`
--
-- The settings make one plan, of index lookups, for every call: a plan made for a log that is
-- still empty would read tables from end to end when it no longer is.
drop function log.append(text, integer[], text[], integer[], uuid[], text[], bytea[]);

create function log.append(
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
  _repeated integer[];
  _first_positions bigint[];
  _conflicting integer[];
  _streams text[];
begin
  -- One statement, so one snapshot: between two, this command's own events could be committed by
  -- its twin, and would be taken for somebody else's.
  with item as (
    select i.district, i.write, i.stream, i.version, i.event_id
    from unnest(_district, _write, _stream, _version, _event_id)
      as i (district, write, stream, version, event_id)
  ), repeated as (
    select i.write, max(e.position) as position
    from item i
    join lateral (
      select e.position from log.event e
      where e.district = i.district and e.event_id = i.event_id
    ) e on true
    group by i.write
  ), conflicting as (
    select s.write, min(s.stream) as stream
    from (
      select i.write, i.district, i.stream, min(i.version) as first_version
      from item i
      group by i.write, i.district, i.stream
    ) s
    where s.first_version <> 1 + coalesce(
      (select max(e.version) from log.event e
       where e.district = s.district and e.stream = s.stream), 0)
    group by s.write
  )
  select
    (select coalesce(array_agg(r.write order by r.write), '{}') from repeated r),
    (select coalesce(array_agg(r.position order by r.write), '{}') from repeated r),
    (select coalesce(array_agg(c.write order by c.write), '{}') from conflicting c
     where c.write not in (select r.write from repeated r)),
    (select coalesce(array_agg(c.stream order by c.write), '{}') from conflicting c
     where c.write not in (select r.write from repeated r))
  into _repeated, _first_positions, _conflicting, _streams;

  return query
  select r.write, 'repeated', r.position, null::text
  from unnest(_repeated, _first_positions) as r (write, position)
  union all
  select c.write, 'conflict', null, c.stream
  from unnest(_conflicting, _streams) as c (write, stream);

  -- Counters are locked in the order of their names, so that two calls never wait for each other.
  return query
  with item as (
    select i.*
    from unnest(_district, _write, _stream, _version, _event_id, _type, _body)
      with ordinality as i (district, write, stream, version, event_id, type, body, ordinal)
    where i.write <> all (_repeated) and i.write <> all (_conflicting)
  ), counted as (
    insert into log.head as h (district, position)
    select i.district, count(*) from item i group by i.district order by i.district
    on conflict (district) do update set position = h.position + excluded.position
    returning h.district, h.position
  ), placed as (
    select i.*, c.position + 1
      - row_number() over (partition by i.district order by i.ordinal desc) as position
    from item i
    join counted c on c.district = i.district
  ), recorded as (
    insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
    select p.district, p.position, p.stream, p.version, p.event_id, p.type, p.body,
      sha256('\x00'::bytea || p.body)
    from placed p
    order by p.district, p.position
  )
  select p.write, 'appended', max(p.position), null::text
  from placed p
  group by p.write;
end
$$;
