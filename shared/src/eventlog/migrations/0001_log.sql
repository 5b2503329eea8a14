create schema if not exists log;

-- The counter of each district. A position is taken by updating this row in the appending
-- transaction: so positions have no gaps and follow the order of commits.
create table log.head (
  district text primary key,
  position bigint not null default 0
) with (fillfactor = 50);

create table log.event (
  district text not null,
  position bigint not null,
  stream text not null,
  version integer not null,
  event_id uuid not null,
  type text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  body bytea not null,
  leaf_hash bytea not null,
  constraint one_event_at_each_position primary key (district, position),
  constraint one_event_at_each_stream_version unique (district, stream, version),
  constraint an_event_is_recorded_once unique (district, event_id),
  constraint positions_and_versions_count_from_one check (position > 0 and version > 0)
) partition by hash (district);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end
$$;

-- Statement triggers do not reach the partitions from above, so each table has its own.
do $$
begin
  for i in 0..15 loop
    execute format(
      'create table log.event_%s partition of log.event for values with (modulus 16, remainder %s)',
      i, i);
    execute format(
      'create trigger the_log_is_append_only before update or delete or truncate on log.event_%s
       for each statement execute function log.refuse_change()', i);
  end loop;
end
$$;

create trigger the_log_is_append_only before update or delete or truncate on log.event
  for each statement execute function log.refuse_change();

-- How far the relay has published each district.
create table log.relayed (
  district text primary key,
  position bigint not null default 0
) with (fillfactor = 50);

-- What the transport's stream was like when it was last compared with the log: a younger stream
-- or a smaller sequence means that it lost something.
create table log.stream_seen (
  stream text primary key,
  created timestamptz not null,
  last_sequence bigint not null
);

-- How far each follower (projection or reactions) has come in each district.
create table log.checkpoint (
  follower text not null,
  district text not null,
  position bigint not null default 0,
  primary key (district, follower)
) with (fillfactor = 50);

-- Events a follower could not take: refused by the rules for good, or failing again and again.
create table log.dead_letter (
  follower text not null,
  district text not null,
  position bigint not null,
  event_id uuid not null,
  reason text not null,
  refused boolean not null,
  traceparent text,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (district, follower, position)
);

-- Appends a batch of writes to one district. A write is one command's events; it is appended
-- whole or not at all, and what happens to it does not touch its neighbours.
--   outcome 'repeated'   one of its event ids is in the log: this command has been done before
--           'conflict'   a stream has another version than the command was decided on
--           'appended'   its events have the positions up to `last_position`
create function log.append(
  _district text,
  _write integer[],
  _stream text[],
  _version integer[],
  _event_id uuid[],
  _type text[],
  _body bytea[]
) returns table (write integer, outcome text, last_position bigint, conflicting_stream text)
language plpgsql as $$
declare
  _repeated integer[];
  _conflicting integer[];
  _streams text[];
  _count bigint;
  _last bigint := 0;
begin
  -- One statement, so one snapshot: between two, this command's own events could be committed by
  -- its twin, and would be taken for somebody else's.
  with item as (
    select i.write, i.stream, i.version, i.event_id
    from unnest(_write, _stream, _version, _event_id) as i (write, stream, version, event_id)
  ), repeated as (
    select distinct i.write
    from item i
    join log.event e on e.district = _district and e.event_id = i.event_id
  ), conflicting as (
    select distinct on (s.write) s.write, s.stream
    from (
      select i.write, i.stream, min(i.version) as first_version
      from item i
      where i.write not in (select r.write from repeated r)
      group by i.write, i.stream
    ) s
    where s.first_version <> 1 + coalesce(
      (select max(e.version) from log.event e
       where e.district = _district and e.stream = s.stream), 0)
    order by s.write, s.stream
  )
  select
    (select coalesce(array_agg(r.write), '{}') from repeated r),
    (select coalesce(array_agg(c.write order by c.write), '{}') from conflicting c),
    (select coalesce(array_agg(c.stream order by c.write), '{}') from conflicting c)
  into _repeated, _conflicting, _streams;

  select count(*) into _count
  from unnest(_write) as i (write)
  where i.write <> all (_repeated) and i.write <> all (_conflicting);

  if _count > 0 then
    insert into log.head as h (district, position) values (_district, _count)
    on conflict (district) do update set position = h.position + excluded.position
    returning h.position into _last;

    insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
    select
      _district,
      _last - _count + row_number() over (order by i.ordinal),
      i.stream, i.version, i.event_id, i.type, i.body,
      sha256('\x00'::bytea || i.body)
    from unnest(_write, _stream, _version, _event_id, _type, _body)
      with ordinality as i (write, stream, version, event_id, type, body, ordinal)
    where i.write <> all (_repeated) and i.write <> all (_conflicting);
  end if;

  return query
  select
    i.write,
    case
      when i.write = any (_repeated) then 'repeated'
      when i.write = any (_conflicting) then 'conflict'
      else 'appended'
    end,
    max(e.position),
    _streams[array_position(_conflicting, i.write)]
  from unnest(_write, _event_id) as i (write, event_id)
  left join log.event e on e.district = _district and e.event_id = i.event_id
  group by i.write;
end
$$;
