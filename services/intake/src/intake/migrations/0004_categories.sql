-- What a proposal is about (提案类别); empty where nobody has said so.
--
-- As in 0003, the new column has no default, so that a process of an older version cannot write half a
-- row; the tables are emptied, and the follower begins again.

truncate intake.proposal, intake.district_year;

delete from log.checkpoint where follower = 'intake';

alter table intake.proposal
  add column category text not null;
