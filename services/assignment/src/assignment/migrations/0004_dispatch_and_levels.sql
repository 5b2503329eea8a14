-- What a case teaches about the next one like it, and how a case hangs together with that of another level.
--
-- The new columns have no default, so that a process of an older version, which does not fill them,
-- cannot write half a row: its district is held until a newer one takes it.
--
-- The tables are filled again from the log: the follower begins anew, its reactions keep their own
-- checkpoint and give nothing twice.

truncate assignment.case_file, assignment.part, assignment.holiday_notice;

delete from log.checkpoint where follower = 'assignment';

alter table assignment.case_file
  add column form text not null,
  add column handed_down jsonb not null;

alter table assignment.part
  add column lower_district text,
  add column lower_proposal_id text;

-- Question: what is each case of the district about, and which units have it in the end?
create table assignment.precedent (
  district text not null,
  proposal_id text not null,
  year integer not null,
  number text,
  title text not null,
  pairs text[] not null,
  wished_units text[] not null,
  lead_unit text,
  units jsonb not null,
  primary key (district, proposal_id)
);
