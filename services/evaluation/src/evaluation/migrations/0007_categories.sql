-- What a proposal is about (提案类别), for the report by category; empty where nobody has said so;
-- and where in the log that was said last.
--
-- As in 0002, the new column has no default, so that a process of an older version cannot write half a
-- row; the tables are emptied, and the follower begins again.

truncate evaluation.case_fact, evaluation.assignment_fact, evaluation.clue_fact,
  evaluation.claim_fact, evaluation.return_fact, evaluation.promise_fact;

delete from log.checkpoint where follower = 'evaluation';

alter table evaluation.case_fact
  add column category text not null,
  add column category_position bigint;
