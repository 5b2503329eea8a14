-- Appends writes to any number of districts, in one transaction. A write is one command's events
-- in one district; it is appended whole or not at all, and what happens to it does not touch its
-- neighbours. No two writes of a call may touch the same stream.
--   outcome 'repeated'   one of its event ids is in the log: this command has been done before
--           'conflict'   a stream has another version than the command was decided on
--           'appended'   its events have the positions up to `last_position`
--
-- The settings make one plan, of index lookups, for every call: a plan made while the log is still
-- empty would read whole tables when it no longer is.
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
  _only text := _district[1];
  _is_one_district boolean := _only = all (_district);
  _is_plain boolean;
  _found bigint[];
  _latest integer[];
  _repeated integer[] := '{}';
  _conflicting integer[] := '{}';
  _streams text[] := '{}';
  _last bigint;
  _position bigint[];
begin
  -- Both questions in one statement, so in one snapshot: between two, this command's own events
  -- could be committed by its twin, and would be taken for somebody else's.
  if _is_one_district then
    -- The same as below; a single district is known before the plan starts, which then opens one
    -- partition instead of all.
    with known as materialized (
      select i.version, i.ordinal,
        (select e.position from log.event e
         where e.district = _only and e.event_id = i.event_id) as position,
        coalesce((select max(e.version) from log.event e
         where e.district = _only and e.stream = i.stream), 0) as latest
      from unnest(_stream, _version, _event_id)
        with ordinality as i (stream, version, event_id, ordinal)
    )
    select array_agg(k.position order by k.ordinal), array_agg(k.latest order by k.ordinal),
      bool_and(k.position is null and k.version = 1 + k.latest)
    into _found, _latest, _is_plain
    from known k;
  else
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
  end if;

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

  if _is_plain and _is_one_district then
    insert into log.head as h (district, position) values (_only, cardinality(_write))
    on conflict (district) do update set position = h.position + excluded.position
    returning h.position into _last;
    _position := array(select generate_series(_last - cardinality(_write) + 1, _last));
  else
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
  end if;

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

-- The same for writes that are most likely new, at half the cost: nothing is asked first. Whatever
-- is repeated, in conflict, or of a district without a counter makes all of it fail with
-- unique_violation; `log.append` then finds out which, and appends the others.
--   _districts, _counts   each district once, and how many events it gets
--   _of, _nth             of each event: its district's place in those, its own place in the district
--   _is_first             of each event: whether it is the first of its write in its stream
-- Answers with the position of each district before.
create function log.append_new(
  _districts text[],
  _counts bigint[],
  _of integer[],
  _nth bigint[],
  _is_first boolean[],
  _stream text[],
  _version integer[],
  _event_id uuid[],
  _type text[],
  _body bytea[]
) returns bigint[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  _base bigint[];
begin
  -- Counters are locked as they are given, and they are given in the order of their names.
  with counted as (
    update log.head h set position = h.position + c.count
    from unnest(_districts, _counts) with ordinality as c (district, count, ordinal)
    where h.district = c.district
    returning c.ordinal, h.position - c.count as base
  )
  select array_agg(c.base order by c.ordinal) into _base from counted c;
  if cardinality(_base) is distinct from cardinality(_districts) then
    raise unique_violation using message = 'a district has no counter yet';
  end if;

  insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
  select _districts[i.of], _base[i.of] + i.nth, i.stream, i.version, i.event_id, i.type, i.body,
    sha256('\x00'::bytea || i.body)
  from unnest(_of, _nth, _stream, _version, _event_id, _type, _body)
    as i (of, nth, stream, version, event_id, type, body);

  -- A version that is taken has failed by now; one too high has not.
  if exists (
    select from unnest(_of, _is_first, _stream, _version) as i (of, is_first, stream, version)
    where i.is_first and i.version > 1 and not exists (
      select from log.event e
      where e.district = _districts[i.of] and e.stream = i.stream and e.version = i.version - 1)
  ) then
    raise unique_violation using message = 'an event is not the next one of its stream';
  end if;
  return _base;
end
$$;
