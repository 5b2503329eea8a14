-- The last day for signing that each unit was told, and where in the log it was moved: with these,
-- whether a unit signed in time goes by the calendar that held, and not by weekdays.
--
-- As in 0002, one of the new columns has no default, so that a process of an older version cannot write
-- half a row; the tables are emptied, and the follower begins again.

truncate evaluation.case_fact, evaluation.assignment_fact, evaluation.clue_fact,
  evaluation.claim_fact, evaluation.return_fact, evaluation.promise_fact;

delete from log.checkpoint where follower = 'evaluation';

alter table evaluation.assignment_fact
  add column sign_by date,
  add column signing_moved jsonb not null;
