-- A rebuild of a read model that is under way: one row for each district that is still to be done.
-- It is the queue from which workers take districts, and what is shown of their progress.
create table log.rebuild (
  follower text not null,
  district text not null,
  position bigint not null default 0,
  head bigint not null,
  claim uuid,
  began_at timestamptz not null default clock_timestamp(),
  moved_at timestamptz not null default clock_timestamp(),
  primary key (district, follower)
) with (fillfactor = 50);

-- When the event at a position was recorded, by its own bytes: this moment is under the proof.
create function log.recorded_time(_district text, _position bigint) returns timestamptz
language sql stable as $$
  select (convert_from(e.body, 'UTF8')::json ->> 'recordedtime')::timestamptz
  from log.event e
  where e.district = _district and e.position = _position
$$;

-- The last position that had been recorded by a moment; 0 where nothing had been. Moments rise with
-- positions, but for the clocks of the services; where those disagree, one of the places fits.
create function log.position_at(_district text, _moment timestamptz) returns bigint
language plpgsql stable as $$
declare
  _low bigint := 0;
  _high bigint := coalesce((select h.position from log.head h where h.district = _district), 0);
  _middle bigint;
begin
  while _low < _high loop
    _middle := (_low + _high + 1) / 2;
    if log.recorded_time(_district, _middle) <= _moment then
      _low := _middle;
    else
      _high := _middle - 1;
    end if;
  end loop;
  return _low;
end
$$;
