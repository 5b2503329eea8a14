-- append_new --
-- Append writes that are most likely new; the positions of their districts before.
select log.append_new($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- append --
-- Append writes, each with its district; one row per write tells what became of it.
select write, outcome, last_position, conflicting_stream
from log.append($1, $2, $3, $4, $5, $6, $7);

-- events_of_streams --
-- The history of some streams, each in its own order.
select district, position, stream, version, event_id, type, body
from log.event
where district = $1 and stream = any ($2::text[])
order by stream, version;

-- answers_and_histories --
-- The events with these ids, then the history of some streams, each in its own order.
select true as is_answer, district, position, stream, version, event_id, type, body
from log.event
where district = $1 and event_id = any ($2::uuid[])
union all
select false as is_answer, district, position, stream, version, event_id, type, body
from log.event
where district = $1 and stream = any ($3::text[])
order by is_answer desc, stream, version;

-- events_after --
-- The next events of a district after a position, in the order they were committed.
select district, position, stream, version, event_id, type, body
from log.event
where district = $1 and position > $2
order by position
limit $3;

-- identities --
-- What identifies the events of a range, without their bytes.
select position, stream, version, event_id, type, leaf_hash
from log.event
where district = $1 and position between $2 and $3
order by position;

-- head --
-- The last position of a district.
select position from log.head where district = $1;

-- unrelayed --
-- Districts of a relay group whose log is ahead of what was published.
select h.district, coalesce(r.position, 0) as relayed, h.position as head
from log.head h
left join log.relayed r on r.district = h.district
where h.position > coalesce(r.position, 0)
  and mod(hashtext(h.district)::bigint + 2147483648, $1::bigint) = $2
order by h.district;

-- next_to_relay --
-- The next events of a district to publish: so many at most, and so many bytes or one event.
select district, position, stream, version, event_id, type, body
from (
  select n.*, sum(octet_length(n.body)) over (order by n.position) - octet_length(n.body) as before
  from (
    select district, position, stream, version, event_id, type, body
    from log.event
    where district = $1 and position > $2
    order by position
    limit $3
  ) n
) e
where before < $4
order by position;

-- all_relayed --
-- How far each district of a relay group has been published, and where in the stream that is.
select h.district, coalesce(r.position, 0) as relayed, coalesce(r.sequence, 0) as sequence
from log.head h
left join log.relayed r on r.district = h.district
where mod(hashtext(h.district)::bigint + 2147483648, $1::bigint) = $2;

-- relayed --
-- How far a district has been published.
select position from log.relayed where district = $1;

-- set_relayed --
-- Remember how far a district has been published; also set back when the transport lost events.
-- It need not wait for the disk: what a crash makes it forget is published again.
insert into log.relayed (district, position, sequence) values ($1, $2, $3)
on conflict (district) do update set
  position = excluded.position,
  sequence = excluded.sequence
returning set_config('synchronous_commit', 'off', true);

-- stream_seen --
-- What the transport's stream was like when it was last compared with the log.
select created, last_sequence from log.stream_seen where stream = $1;

-- note_stream --
-- Remember what the stream is like now.
insert into log.stream_seen (stream, created, last_sequence) values ($1, $2, $3)
on conflict (stream) do update set
  created = excluded.created,
  last_sequence = excluded.last_sequence;

-- try_lead --
-- Become the one relay of a group, or learn that another process is.
select pg_try_advisory_lock($1, $2);

-- lead_while_heard --
-- Have the server end this session, and with it the lead, when its process is not heard of for so long.
select set_config('idle_session_timeout', $1, false);

-- be_heard --
-- A word on the session that holds a lock; it fails where the server has ended it.
select true;

-- open_checkpoint --
-- Make sure that a follower's checkpoint exists.
insert into log.checkpoint (follower, district) values ($1, $2) on conflict do nothing;

-- checkpoint --
-- How far a follower has come in a district.
select position from log.checkpoint where follower = $1 and district = $2;

-- what_comes_next --
-- How far a follower has come, where the log ends, and what it has next up to a position.
select c.position as checkpoint, (select h.position from log.head h where h.district = $2) as head,
  e.position as at, e.stream, e.version, e.event_id, e.type, e.leaf_hash
from log.checkpoint c
left join log.event e
  on e.district = $2 and e.position > c.position and e.position <= $3::bigint
where c.follower = $1 and c.district = $2
order by e.position
limit $4;

-- advance_checkpoint --
-- Move a checkpoint from where it was read to a new position; no row if somebody else moved it.
-- Its transaction need not wait for the disk: rows and checkpoint are there together or are both
-- computed again from the log, and whatever waits for the disk later waits for them too.
update log.checkpoint set position = $4
where follower = $1 and district = $2 and position = $3
returning position, set_config('synchronous_commit', 'off', true);

-- advance_together --
-- The same for a projection and, where it stands at the same position, its reactions.
update log.checkpoint set position = $4
where follower = any ($1::text[]) and district = $2 and position = $3
returning follower, set_config('synchronous_commit', 'off', true);

-- step_over --
-- Move a checkpoint because a person said so; no row if somebody else moved it.
update log.checkpoint set position = $4
where follower = $1 and district = $2 and position = $3
returning position;

-- behind --
-- Districts in which a follower has not reached the end of the log.
select h.district, coalesce(c.position, 0) as position, h.position as head
from log.head h
left join log.checkpoint c on c.follower = $1 and c.district = h.district
where h.position > coalesce(c.position, 0)
order by h.district;

-- progress --
-- How far every follower has come in a district.
select follower, position from log.checkpoint where district = $1 order by follower;

-- dead_letters --
-- What followers could not take in a district.
select follower, position, event_id, reason, refused, traceparent, noted_at
from log.dead_letter
where district = $1
order by position, follower;

-- note_dead_letter --
-- Keep an event that a follower could not take, with the reason, for a person to look at.
insert into log.dead_letter (follower, district, position, event_id, reason, refused, traceparent)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (district, follower, position) do update
set reason = excluded.reason, refused = excluded.refused, noted_at = clock_timestamp();

-- drop_passed_dead_letters --
-- Forget the failures that a follower has got past since; what the rules refused stays.
delete from log.dead_letter
where follower = any ($1::text[]) and district = $2 and not refused;

-- dead_letter --
-- One event that a follower could not take.
select event_id, reason, refused from log.dead_letter
where district = $1 and follower = $2 and position = $3;

-- drop_dead_letter --
-- It has been taken after all, or somebody decided that it need not be.
delete from log.dead_letter where district = $1 and follower = $2 and position = $3;

-- pass_by --
-- Keep who let a follower pass an event by, and why.
insert into log.passed_by
  (district, follower, position, event_id, failure, why, decided_by, decided_by_name)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing;

-- passed_by --
-- Events that followers were let pass by in a district.
select follower, position, event_id, failure, why, decided_by, decided_by_name, decided_at
from log.passed_by
where district = $1
order by position, follower;

-- districts --
-- Every district that has a log, with its last position.
select district, position from log.head order by district;

-- districts_known --
-- Every district that anything says there is a log of: the counter, or a checkpoint.
select district from log.head
union
select district from log.signed_checkpoint
order by district;

-- unsigned --
-- Districts whose log is not as long as their last signed checkpoint says: longer, or cut off.
select h.district
from log.head h
left join lateral (
  select c.size from log.signed_checkpoint c
  where c.district = h.district and c.hashing = 'sha256' order by c.size desc limit 1
) last on true
where h.position <> coalesce(last.size, 0)
order by h.district;

-- behind_in_tree --
-- Districts that were signed further as a SHA-256 tree than as another.
select h.district
from log.head h
cross join lateral (
  select c.size from log.signed_checkpoint c
  where c.district = h.district and c.hashing = 'sha256' order by c.size desc limit 1
) first
left join lateral (
  select c.size from log.signed_checkpoint c
  where c.district = h.district and c.hashing = $1 order by c.size desc limit 1
) other on true
where first.size > coalesce(other.size, 0)
order by h.district;

-- last_signed_checkpoint --
-- The newest checkpoint of one of a district's trees.
select size, root, note from log.signed_checkpoint
where district = $1 and hashing = $2
order by size desc
limit 1;

-- record_signed_checkpoint --
-- Keep a checkpoint, unless another one follows the same one already.
insert into log.signed_checkpoint (district, hashing, follows, size, root, leaves, note)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
returning size;

-- leaves --
-- The leaf hashes of a district from a position to another, both included.
select position, leaf_hash from log.event
where district = $1 and position between $2 and $3
order by position;

-- bodies --
-- The bytes of a district's events from a position to another, both included.
select position, body from log.event
where district = $1 and position between $2 and $3
order by position;

-- kept_leaves --
-- The leaf hashes of a tree that are kept with its checkpoints, for a range of leaves from 0.
select follows, leaves from log.signed_checkpoint
where district = $1 and hashing = $2 and size > $3 and follows < $4
order by size;

-- bodies_and_leaves --
-- The bytes of some events and their leaf hashes, the positions included.
select position, body, leaf_hash from log.event
where district = $1 and position between $2 and $3
order by position;

-- next_of_log --
-- Everything that is known of the next events of a district, to be verified: one array a column,
-- and columns of one length as one string of bytes.
select
  array_agg(position) as positions,
  string_agg(uuid_send(event_id), '') as event_ids,
  array_agg(version) as versions,
  array_agg(stream) as streams,
  array_agg(type) as types,
  array_agg(body) as bodies,
  string_agg(leaf_hash, '') as leaf_hashes
from (
  select position, event_id, version, stream, type, body, leaf_hash
  from log.event
  where district = $1 and position > $2
  order by position
  limit $3
) e
having count(*) > 0;

-- checkpoints_between --
-- The checkpoints of one of a district's trees above a size and up to another.
select size, root, leaves, note from log.signed_checkpoint
where district = $1 and hashing = $2 and size > $3 and size <= $4
order by size
limit $5;

-- trees_signed --
-- Which trees of a district were signed, and how far.
select hashing, max(size) as size from log.signed_checkpoint
where district = $1
group by hashing
order by hashing desc;

-- checkpoint_of_size --
-- The checkpoint of one size.
select note from log.signed_checkpoint where district = $1 and hashing = $2 and size = $3;

-- cosignatures --
-- Who else signed a checkpoint.
select line from log.cosignature
where district = $1 and hashing = $2 and size = $3
order by witness;

-- cosignatures_between --
-- Who else signed the checkpoints above a size and up to another.
select size, line from log.cosignature
where district = $1 and hashing = $2 and size > $3 and size <= $4
order by size, witness;

-- last_cosigned --
-- The newest checkpoint that a witness has signed.
select c.size, c.note from log.signed_checkpoint c
where c.district = $1 and c.hashing = $2 and exists (
  select 1 from log.cosignature w
  where w.district = c.district and w.hashing = c.hashing and w.size = c.size)
order by c.size desc
limit 1;

-- record_cosignature --
-- Keep what a witness signed; the first signature of a witness stays.
insert into log.cosignature (district, hashing, size, witness, line)
values ($1, $2, $3, $4, $5)
on conflict do nothing;

-- first_miscounted --
-- The first event of a district that is not the next one of its stream.
select position, stream, version from (
  select position, stream, version,
    row_number() over (partition by stream order by position) as counted
  from log.event
  where district = $1
) e
where version <> counted
order by position
limit 1;

-- events_and_ids --
-- How many events a district has, and how many event ids.
select coalesce(sum(times), 0)::bigint as events, count(*) as ids from (
  select count(*) as times from log.event where district = $1 group by event_id
) e;

-- first_doubled --
-- The first event of a district that has the id of an earlier one, and where that one stands.
select position, first_position from (
  select position, min(position) over same_id as first_position,
    row_number() over same_id as counted
  from log.event
  where district = $1
  window same_id as (partition by event_id order by position)
) e
where counted > 1
order by position
limit 1;

-- first_out_of_reach --
-- The first position of a district that is not as many as the events up to it: they count from 1.
select position from (
  select position, row_number() over (order by position) as counted
  from log.event
  where district = $1
) e
where position <> counted
order by position
limit 1;

-- lock_migrations --
-- Only one process migrates at a time.
select pg_advisory_lock($1);

-- create_migration_table --
-- Which migrations have been applied.
create table if not exists public.migration (
  package text not null,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default clock_timestamp(),
  primary key (package, name)
);

-- applied_migration --
-- The digest under which a migration was applied.
select sha256 from public.migration where package = $1 and name = $2;

-- note_migration --
-- Remember that a migration was applied.
insert into public.migration (package, name, sha256) values ($1, $2, $3);

-- position_of_event --
-- Where an event stands, if it is in the log.
select position from log.event where district = $1 and event_id = $2;

-- events_but_for --
-- The events of a district after a position and up to another, but for types that do not matter and
-- for those that a person let this follower pass by: type by type, and not in order.
select type, array_agg(position) as positions, array_agg(body) as bodies
from log.event
where district = $1 and position > $2 and position <= $3 and type <> all ($4::text[])
  and position <> all (array(
    select p.position from log.passed_by p where p.district = $1 and p.follower = $5))
group by type;

-- position_and_head --
-- How far a follower has come in a district, and how long the log is.
select coalesce(c.position, 0) as position, h.position as head
from log.head h
left join log.checkpoint c on c.follower = $1 and c.district = h.district
where h.district = $2;

-- position_at --
-- The last position of a district that had been recorded by a moment.
select log.position_at($1, $2);

-- recorded_time --
-- When the event at a position of a district was recorded.
select log.recorded_time($1, $2);

-- try_rebuild --
-- Become the one rebuild of a read model, or learn that another process is.
select pg_try_advisory_lock($1, hashtext($2));

-- forget_rebuild --
-- Nothing is left of an earlier rebuild; whoever still works for it finds its claim gone.
delete from log.rebuild where follower = $1;

-- queue_rebuild --
-- Every district with a log is to be rebuilt, or one of them.
insert into log.rebuild (follower, district, head)
select $1, h.district, h.position from log.head h
where $2::text is null or h.district = $2
returning district, head;

-- claim_rebuild --
-- Take the longest district that nobody has taken yet.
update log.rebuild r set
  claim = $2, began_at = clock_timestamp(), moved_at = clock_timestamp()
where r.follower = $1 and r.district = (
  select w.district from log.rebuild w
  where w.follower = $1 and w.claim is null
  order by w.head desc, w.district
  limit 1
  for update skip locked)
returning r.district, r.head;

-- hold_claim --
-- Whether a district is still this worker's to rebuild; as long as the transaction lasts, it is.
select true from log.rebuild
where follower = $1 and district = $2 and claim = $3
for update;

-- move_rebuild --
-- How far the rebuild of a district has come.
update log.rebuild set position = $4, moved_at = clock_timestamp()
where follower = $1 and district = $2 and claim = $3;

-- finish_rebuild --
-- The district is rebuilt.
delete from log.rebuild where follower = $1 and district = $2;

-- rebuild_progress --
-- What is left of a rebuild, and how far it has come there.
select coalesce(sum(position), 0)::bigint as position, coalesce(sum(head), 0)::bigint as head
from log.rebuild where follower = $1;

-- rebuilds --
-- The rebuilds that a district waits for or is in, and whether a process is at work on them.
select r.follower, r.position, r.head, r.began_at, r.moved_at, exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.classid::bigint = $2::bigint
      and l.objid::bigint = mod(hashtext(r.follower)::bigint + 4294967296, 4294967296)
      and l.database = (select d.oid from pg_database d where d.datname = current_database())
  ) as is_running
from log.rebuild r
where r.district = $1
order by r.follower;

-- hold_checkpoint --
-- How far a follower has come; while the transaction lasts, it stays there.
select position from log.checkpoint where follower = $1 and district = $2 for update;

-- set_checkpoint --
-- The rows of a follower have been replaced by those of this position.
update log.checkpoint set position = $3 where follower = $1 and district = $2;
