-- Append $2 events to the end of a district, in cases of $3 events each.
with counted as (
  insert into log.head as h (district, position) values ($1, $2::bigint)
  on conflict (district) do update set position = h.position + excluded.position
  returning position - $2::bigint as last
)
insert into log.event (district, position, stream, version, event_id, type, body, leaf_hash)
select
  $1, n, 'case-0000-' || lpad(((n - 1) / $3::int)::text, 8, '0'), 1 + (n - 1) % $3::int,
  overlay(gen_random_uuid()::text placing
    overlay(lpad(to_hex(1577836800000 + n * 1000), 12, '0') placing '-' from 9 for 0) from 1 for 13
  )::uuid, $4, b.body, sha256('\x00'::bytea || b.body)
from counted c
cross join lateral generate_series(c.last + 1, c.last + $2::bigint) as n
cross join lateral (select convert_to(replace($5::text, '20240104', n::text), 'UTF8') as body) b
