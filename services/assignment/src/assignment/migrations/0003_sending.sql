-- What is sent is not computed from the log and is never dropped with a projection: the log holds what
-- happened, this holds whom it was told, and how that went.
create schema if not exists sending;

-- Question: what is to be sent to whom, over what, not before when, and how far has it come?
-- An event tells somebody over a channel once, however often it is followed.
create table sending.message (
  district text not null,
  message_id uuid not null,
  event_id uuid not null,
  position bigint not null,
  matter text not null,
  recipient_kind text not null,
  recipient text not null,
  recipient_subject text,
  channel text not null,
  channel_kind text not null,
  proposal_id text not null,
  year integer,
  unit text,
  about text not null,
  due_on date,
  subject text not null,
  body text not null,
  written_at timestamptz not null,
  not_before timestamptz not null,
  state text not null,
  attempts integer not null default 0,
  taken_until timestamptz,
  sent_at timestamptz,
  sent_to text,
  problem text,
  read_at timestamptz,
  primary key (district, message_id),
  constraint an_event_tells_somebody_once
    unique (district, event_id, recipient_kind, recipient, channel)
);

-- Question: what is due?
create index messages_waiting on sending.message (not_before) where state = 'waiting';

-- Question: what does this event overtake?
create index messages_of_a_case on sending.message (district, proposal_id);

-- Question: what lies in this inbox, the newest first?
create index messages_in_an_inbox
  on sending.message (district, recipient_kind, recipient, written_at)
  where channel = 'inbox' and state = 'sent';

-- Question: what did the district send, the newest first?
create index messages_of_a_district on sending.message (district, written_at);

-- Question: what was done with this message, and by whom?
create table sending.step (
  district text not null,
  message_id uuid not null,
  number integer not null generated always as identity,
  taken_at timestamptz not null,
  step text not null,
  detail text not null default '',
  done_by text,
  done_by_name text,
  primary key (district, message_id, number)
);

-- A district that already has a history is told of what happens from now on, not of all that has happened.
insert into log.checkpoint (follower, district, position)
select 'assignment-messages', district, position from log.head
on conflict do nothing;
