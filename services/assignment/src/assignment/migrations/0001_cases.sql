create schema if not exists assignment;

-- Question: what is this case about, and has it ended without an answer?
create table assignment.case_file (
  district text not null,
  proposal_id text not null,
  year integer not null,
  number text,
  title text not null,
  is_key boolean not null default false,
  fabricated boolean not null default false,
  ended_reason text,
  primary key (district, proposal_id)
);

create index cases_of_a_year on assignment.case_file (district, year, number);

-- Question: which unit has which part in the case, and how far has it come?
create table assignment.part (
  district text not null,
  proposal_id text not null,
  unit text not null,
  role text not null,
  own boolean not null,
  reporting boolean not null,
  lead_unit text,
  dispatched_on date not null,
  due_on date not null,
  due_rule text not null,
  state text not null,
  signed_on date,
  opinion_on date,
  opinion_waived text,
  completed_on date,
  replied_on date,
  document_number text,
  result_class text,
  openness text,
  contact_person text,
  satisfaction text,
  handling_round integer not null default 1,
  return_reason text,
  suggested_unit text,
  contacts jsonb not null default '[]',
  position bigint not null,
  primary key (district, proposal_id, unit)
);
