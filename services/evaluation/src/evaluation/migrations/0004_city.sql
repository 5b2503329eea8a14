-- Question: up to which position are the figures in brief of a district, and are they those of now?
-- `version` names the rows they were computed from; rows that have changed since have another one.
create table evaluation.district_overview (
  district text primary key,
  position bigint not null,
  version text not null
);

-- Question: what do the figures of each year of a district come to, in brief?
create table evaluation.year_overview (
  district text not null,
  year integer not null,
  total integer not null,
  satisfied text[] not null,
  rates json not null,
  rulebook_id text,
  rulebook_version integer,
  rulebook_title text,
  rulebook_title_en text,
  score numeric,
  pending integer not null default 0,
  primary key (district, year)
);

create index overviews_of_a_year on evaluation.year_overview (year);
