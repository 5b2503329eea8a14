-- Whether a proposal is decided on only after a first review, and whether an answer to it was made public.
--
-- What is in the table lacks the publications, and the log has them. So the tables are emptied and the
-- follower begins again: its reactions keep their own checkpoint and give nothing twice. The new columns
-- have no default, so that a process of an older version cannot write half a row.

truncate intake.proposal, intake.district_year;

delete from log.checkpoint where follower = 'intake';

alter table intake.proposal
  add column reviewed_twice boolean not null,
  add column is_published boolean not null;
