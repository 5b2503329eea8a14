-- More is known of a unit's part: time, handlers, drafts, results, commitments, supervision.

alter table assignment.case_file
  add column proposers text[] not null default '{}',
  add column suggestions jsonb not null default '[]',
  add column returns integer not null default 0;

alter table assignment.part
  add column first_due_on date,
  add column sign_by date,
  add column return_until date,
  add column provisional boolean not null default false,
  add column handler text,
  add column department text,
  add column step text,
  add column wanted jsonb not null default '[]',
  add column opinion text not null default '',
  add column opinion_sent_back text,
  add column opinion_accepted_on date,
  add column extension_until date,
  add column extension_reason text,
  add column suspended_on date,
  add column suspended_because text,
  add column drafts jsonb not null default '[]',
  add column withheld_because text not null default '',
  add column deliveries jsonb not null default '[]',
  add column published_on date,
  add column results jsonb not null default '[]',
  add column commitments jsonb not null default '[]',
  add column alerts jsonb not null default '[]',
  add column chasings jsonb not null default '[]';

-- Question: which notice of public holidays holds for which year in this district?
create table assignment.holiday_notice (
  district text not null,
  year integer not null,
  source text not null,
  holidays jsonb not null,
  worked text[] not null,
  version integer not null,
  primary key (district, year)
);
