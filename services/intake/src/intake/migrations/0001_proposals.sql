create schema if not exists intake;

-- Question: which proposals came in this year, and how far has review got with each?
create table intake.proposal (
  district text not null,
  proposal_id text not null,
  year integer not null,
  number text,
  title text not null,
  form text not null,
  proposers text[] not null,
  submitted_by text,
  state text not null,
  is_key boolean not null default false,
  fabricated boolean not null default false,
  note text,
  position bigint not null,
  primary key (district, proposal_id)
);

create index proposals_of_a_year on intake.proposal (district, year, number);

-- Question: in which years does a district have proposals?
create table intake.district_year (
  district text not null,
  year integer not null,
  proposals integer not null,
  primary key (district, year)
);
