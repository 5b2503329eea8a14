-- What reports, promise rates and the annual summary need besides: who proposed, what was converted or
-- transferred, what was asked and what came of it, moved deadlines, letters sent back, promises.
--
-- As in 0002, the new columns have no default, so that a process of an older version cannot write half
-- a row; the tables are emptied, and the follower begins again.

truncate evaluation.case_fact, evaluation.assignment_fact, evaluation.clue_fact,
  evaluation.claim_fact, evaluation.reported_rating, evaluation.return_fact;

delete from log.checkpoint where follower = 'evaluation';

alter table evaluation.case_fact
  add column proposers text[] not null,
  add column collective text,
  add column key_position bigint,
  add column returned integer not null,
  add column refused_because text,
  add column converted_into text,
  add column transferred_to text,
  add column suggestions jsonb not null;

alter table evaluation.assignment_fact
  add column own boolean not null,
  add column first_due_on date not null,
  add column by_proxy boolean not null,
  add column published_on date,
  add column role_position bigint,
  add column class_position bigint,
  add column published_position bigint,
  add column moved jsonb not null,
  add column extended jsonb not null,
  add column drafts_sent_back jsonb not null,
  add column opinions_sent_back jsonb not null,
  add column chased jsonb not null,
  add column results jsonb not null;

-- Question: what did the units commit themselves to, by which day, and what became of it?
create table evaluation.promise_fact (
  district text not null,
  proposal_id text not null,
  unit text not null,
  commitment bigint not null,
  text text not null,
  due_on date not null,
  made_position bigint not null,
  moved_to date,
  kept_on date,
  given_up boolean not null,
  carried_into integer,
  last_position bigint,
  primary key (district, proposal_id, unit, commitment)
);
