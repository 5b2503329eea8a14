-- What the rates need besides: signatures, contacts, classes, openness, reviews and returns.
--
-- The new columns have no default, so that a process of an older version, which does not fill them,
-- cannot write half a row: its district is held until a newer one takes it.
--
-- What is in the tables lacks the new columns, and the log has them. So the tables are emptied and
-- the follower begins again: its reactions keep their own checkpoint and give nothing twice. Until it
-- has come to the end of the log, answers say how many events they do not count yet.

truncate evaluation.case_fact, evaluation.assignment_fact, evaluation.clue_fact,
  evaluation.claim_fact, evaluation.reported_rating;

delete from log.checkpoint where follower = 'evaluation';

alter table evaluation.case_fact
  add column form text not null,
  add column received_live boolean not null,
  add column received_position bigint not null,
  add column refused boolean not null,
  add column merged boolean not null,
  add column withdrawn boolean not null,
  add column reviewed_position bigint;

alter table evaluation.assignment_fact
  add column recorded_live boolean not null,
  add column signed_on date,
  add column signed_position bigint,
  add column contacts jsonb not null,
  add column contacted_position bigint,
  add column opinion_waived boolean not null,
  add column result_class text not null,
  add column openness text;

-- Question: which units asked to be released from a case, how often, and what were they told?
create table evaluation.return_fact (
  district text not null,
  proposal_id text not null,
  unit text not null,
  requested integer not null,
  reason text not null,
  suggested_unit text not null,
  requested_on date not null,
  requested_position bigint not null,
  granted integer not null,
  declined integer not null,
  decided_position bigint,
  primary key (district, proposal_id, unit)
);
