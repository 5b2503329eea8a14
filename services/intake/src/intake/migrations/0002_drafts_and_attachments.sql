alter table intake.proposal
  add column body text not null default '',
  add column collective text,
  add column occasion text,
  add column wished_units text[] not null default '{}',
  add column invited text[] not null default '{}',
  add column signed text[] not null default '{}',
  add column declined text[] not null default '{}',
  add column closes_on text,
  add column is_excellent boolean not null default false,
  add column publication text,
  add column attachments jsonb not null default '[]',
  add column taken_in text[] not null default '{}',
  add column pairs text[] not null default '{}';

-- Question: which proposals of the district have a title like this one? Pairs of neighbouring characters.
create index proposals_by_pairs on intake.proposal using gin (pairs);

-- What is attached is not computed from the log and is never dropped with a projection: the log holds
-- the SHA-256 of each file, this holds the file.
create schema if not exists papers;

create table papers.content (
  district text not null,
  sha256 text not null,
  content bytea not null,
  kept_at timestamptz not null default now(),
  primary key (district, sha256)
);
