create schema if not exists evaluation;

-- Question: what is this case about, who may rate its answers, and does it count?
create table evaluation.case_fact (
  district text not null,
  proposal_id text not null,
  year integer not null,
  number text,
  title text not null,
  raters_by_subject text[] not null,
  raters_by_name text[] not null,
  is_key boolean not null default false,
  ended boolean not null default false,
  primary key (district, proposal_id)
);

create index facts_of_a_year on evaluation.case_fact (district, year);

-- Question: when was each assignment given, due, completed, and how was its answer rated?
create table evaluation.assignment_fact (
  district text not null,
  proposal_id text not null,
  unit text not null,
  role text not null,
  reporting boolean not null,
  dispatched_on date not null,
  due_on date not null,
  due_rule text not null,
  completed_on date,
  replied_on date,
  satisfaction text,
  handling_round integer not null default 1,
  released boolean not null default false,
  dispatched_position bigint not null,
  completed_position bigint,
  rated_position bigint,
  primary key (district, proposal_id, unit)
);

-- Question: which clues of the district were adopted?
create table evaluation.clue_fact (
  district text not null,
  year integer not null,
  number text not null,
  title text not null,
  position bigint not null,
  primary key (district, year, number)
);

-- Question: which figures does somebody state for the year?
create table evaluation.claim_fact (
  district text not null,
  year integer not null,
  figure text not null,
  source text not null,
  claimed numeric not null,
  position bigint not null,
  primary key (district, year, figure, source)
);

-- Question: which rating does a ledger tell of, for an answer that is still to be recorded?
create table evaluation.reported_rating (
  district text not null,
  proposal_id text not null,
  satisfaction text not null,
  rated_on date not null,
  primary key (district, proposal_id)
);
