-- keep_messages --
-- Put messages into the outbox; what is there already stays as it is.
insert into sending.message (
  district, message_id, event_id, position, matter, recipient_kind, recipient, recipient_subject,
  channel, channel_kind, proposal_id, year, unit, about, due_on, subject, body,
  written_at, not_before, state, sent_at, problem
)
values (
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22
)
on conflict do nothing;

-- cancel_overtaken --
-- Cancel what an event overtakes: earlier messages about this, of a unit's part or of the whole case.
with cancelled as (
  update sending.message set state = 'cancelled', taken_until = null
  where district = $1 and proposal_id = $2 and ($3::text is null or unit = $3)
    and ($4::text[] = '{}' or about = any ($4::text[]))
    and position < $5 and state in ('waiting', 'held', 'failed')
  returning district, message_id
)
insert into sending.step (district, message_id, taken_at, step, detail)
select district, message_id, $6, 'cancelled', $7 from cancelled;

-- rename --
-- Have the messages of a case that were never tried say its new name; following the log again changes none.
-- What tells of an earlier correction stays as it is. $6 and $7 are the old name and the new, $8 and $9 the same as they stand in subjects, on one line.
with renamed as (
  update sending.message m
  set subject = replace(m.subject, $8, $9), body = replace(m.body, $6, $7)
  where m.district = $1 and m.proposal_id = $2 and m.position < $3
    and m.state in ('waiting', 'held', 'failed') and m.attempts = 0 and m.matter <> 'renumbered'
    and (position($8 in m.subject) > 0 or position($6 in m.body) > 0)
    and not exists (
      select from sending.step s
      where s.district = m.district and s.message_id = m.message_id
        and (s.step in ('tried', 'gave_up') or (s.step = 'renumbered' and s.detail = $5))
    )
  returning m.district, m.message_id
)
insert into sending.step (district, message_id, taken_at, step, detail)
select district, message_id, $4, 'renumbered', $5 from renamed;

-- overtake_in_inboxes --
-- Note of what lies in inboxes that an event overtakes it: it stays to be read, and is not counted any more.
insert into sending.step (district, message_id, taken_at, step, detail)
select m.district, m.message_id, $6, 'overtaken', $7 from sending.message m
where m.district = $1 and m.proposal_id = $2 and ($3::text is null or m.unit = $3)
  and ($4::text[] = '{}' or m.about = any ($4::text[]))
  and m.position < $5 and m.channel = 'inbox' and m.state = 'sent'
  and not exists (
    select from sending.step s
    where s.district = m.district and s.message_id = m.message_id and s.step = 'overtaken'
  );

-- cases_told --
-- The cases among these that anybody was told anything of.
select distinct m.district, m.proposal_id
from sending.message m
join unnest($1::text[], $2::text[]) as asked (district, proposal_id)
  on asked.district = m.district and asked.proposal_id = m.proposal_id;

-- take_due --
-- Take what is due for a while; nobody else takes it until then.
update sending.message m set taken_until = $2, attempts = m.attempts + 1
from (
  select district, message_id from sending.message
  where state = 'waiting' and not_before <= $1 and (taken_until is null or taken_until <= $1)
    and district = any ($3::text[])
  order by not_before, position
  limit $4
  for update skip locked
) due
where m.district = due.district and m.message_id = due.message_id
returning m.*;

-- put_off --
-- Give back what is not to be sent now; that was no attempt.
update sending.message set taken_until = null, attempts = attempts - 1, not_before = $3
where district = $1 and message_id = $2 and state = 'waiting';

-- note_sent --
-- It went out: that is so, whatever was decided about it meanwhile.
with sent as (
  update sending.message
  set state = 'sent', taken_until = null, sent_at = $3, sent_to = $4, problem = null
  where district = $1 and message_id = $2
  returning district, message_id
)
insert into sending.step (district, message_id, taken_at, step, detail)
select district, message_id, $3, 'sent', $5 from sent;

-- note_failed --
-- It did not go out; it is tried again later, or given up.
with failed as (
  update sending.message
  set state = case when state = 'waiting' then $4 else state end,
    taken_until = null, not_before = $5, problem = $6
  where district = $1 and message_id = $2
  returning district, message_id
)
insert into sending.step (district, message_id, taken_at, step, detail)
select district, message_id, $3, case when $4 = 'failed' then 'gave_up' else 'tried' end, $6 from failed;

-- note_deliveries --
-- What was said of the addresses of a message; one that has the message has it, whatever is said later.
-- Nothing is to go any more to an address that the channels file no longer has.
with gone as (
  delete from sending.delivery
  where district = $1 and message_id = $2 and mark <> all ($3::text[]) and outcome <> 'accepted'
)
insert into sending.delivery (district, message_id, mark, shown, outcome, answer, answered_at)
select $1, $2, said.mark, said.shown, said.outcome, said.answer, said.answered_at
from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
  as said (mark, shown, outcome, answer, answered_at)
on conflict (district, message_id, mark) do update
  set outcome = excluded.outcome, answer = excluded.answer, answered_at = excluded.answered_at
  where delivery.outcome <> 'accepted';

-- deliveries --
-- What was last said of each address of a message, as far as it did not go out to all at once.
select mark, shown, outcome, answer, answered_at from sending.delivery
where district = $1 and message_id = $2
order by outcome, shown, mark;

-- decide --
-- A person has a message sent after all, or held back; no row where its state does not allow it.
-- Sent after all, it goes to those again who refused it.
with decided as (
  update sending.message
  set state = $3, attempts = case when $3 = 'waiting' then 0 else attempts end,
    not_before = case when $3 = 'waiting' then $5 else not_before end, taken_until = null
  where district = $1 and message_id = $2 and state = any ($4::text[])
    and (taken_until is null or taken_until <= $5)
  returning district, message_id, state
), again as (
  update sending.delivery d set outcome = 'deferred' from decided
  where d.district = decided.district and d.message_id = decided.message_id
    and decided.state = 'waiting' and d.outcome = 'refused'
)
insert into sending.step (district, message_id, taken_at, step, done_by, done_by_name)
select district, message_id, $5, $6, $7, $8 from decided
returning message_id;

-- release_failed --
-- A person has everything sent again that failed, also to those who refused it; how many there were.
with released as (
  update sending.message set state = 'waiting', attempts = 0, not_before = $2, taken_until = null
  where district = $1 and state = 'failed'
  returning district, message_id
), again as (
  update sending.delivery d set outcome = 'deferred' from released
  where d.district = released.district and d.message_id = released.message_id
    and d.outcome = 'refused'
), noted as (
  insert into sending.step (district, message_id, taken_at, step, done_by, done_by_name)
  select district, message_id, $2, 'released', $3, $4 from released
)
select count(*) from released;

-- message --
-- One message of the outbox.
select m.*, exists (
    select from sending.step s
    where s.district = m.district and s.message_id = m.message_id and s.step = 'overtaken'
  ) as overtaken
from sending.message m
where m.district = $1 and m.message_id = $2;

-- steps --
-- What was done with a message.
select taken_at, step, detail, done_by_name from sending.step
where district = $1 and message_id = $2
order by number;

-- outbox --
-- The messages of a district that fit, the newest first.
select m.*, exists (
    select from sending.step s
    where s.district = m.district and s.message_id = m.message_id and s.step = 'overtaken'
  ) as overtaken
from sending.message m
where district = $1 and ($2 = '' or state = $2) and ($3 = '' or channel_kind = $3)
  and ($4 = '' or matter = $4)
  and ($5 = '' or position($5 in recipient || subject) > 0)
order by written_at desc, position desc, message_id
limit $6 offset $7;

-- outbox_count --
-- How many messages fit, whatever their state, by state.
select state, count(*) as messages from sending.message
where district = $1 and ($2 = '' or channel_kind = $2) and ($3 = '' or matter = $3)
  and ($4 = '' or position($4 in recipient || subject) > 0)
group by state;

-- inbox --
-- What lies in an inbox, the newest first.
select m.*, exists (
    select from sending.step s
    where s.district = m.district and s.message_id = m.message_id and s.step = 'overtaken'
  ) as overtaken
from sending.message m
where district = $1 and recipient_kind = $2 and recipient = $3 and channel = 'inbox' and state = 'sent'
  and (recipient_subject is null or recipient_subject = $4) and (not $5 or read_at is null)
order by written_at desc, position desc
limit $6;

-- unread --
-- How many messages of an inbox nobody has read; what is done with need not be read.
select count(*) from sending.message m
where district = $1 and recipient_kind = $2 and recipient = $3 and channel = 'inbox' and state = 'sent'
  and (recipient_subject is null or recipient_subject = $4) and read_at is null
  and not exists (
    select from sending.step s
    where s.district = m.district and s.message_id = m.message_id and s.step = 'overtaken'
  );

-- read --
-- Mark messages of an inbox as read, one or all; those that were read stay as they are.
update sending.message set read_at = $5
where district = $1 and recipient_kind = $2 and recipient = $3 and channel = 'inbox' and state = 'sent'
  and (recipient_subject is null or recipient_subject = $4)
  and ($6::uuid is null or message_id = $6) and read_at is null;
