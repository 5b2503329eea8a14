-- open_case --
-- A proposal came in.
insert into evaluation.case_fact
  (district, proposal_id, year, title, raters_by_subject, raters_by_name)
values ($1, $2, $3, $4, $5, $6);

-- add_raters --
-- Who might rate answers to a proposal may rate those to the one it was merged into.
update evaluation.case_fact target set
  raters_by_subject = target.raters_by_subject || merged.raters_by_subject,
  raters_by_name = target.raters_by_name || merged.raters_by_name
from evaluation.case_fact merged
where merged.district = $1 and merged.proposal_id = $2
  and target.district = $1 and target.proposal_id = $3;

-- number_case --
-- The proposal was filed under a number.
update evaluation.case_fact set number = $3 where district = $1 and proposal_id = $2;

-- mark_key --
-- The proposal is a key proposal.
update evaluation.case_fact set is_key = true where district = $1 and proposal_id = $2;

-- end_case --
-- The case ended without an answer and is not counted.
update evaluation.case_fact set ended = true where district = $1 and proposal_id = $2;

-- dispatch --
-- A unit got its part, for the first time or again.
insert into evaluation.assignment_fact
  (district, proposal_id, unit, role, reporting, dispatched_on, due_on, due_rule,
   dispatched_position)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (district, proposal_id, unit) do update set
  role = excluded.role,
  reporting = excluded.reporting,
  dispatched_on = excluded.dispatched_on,
  due_on = excluded.due_on,
  due_rule = excluded.due_rule,
  completed_on = null,
  replied_on = null,
  satisfaction = null,
  handling_round = 1,
  released = false,
  completed_position = null,
  rated_position = null,
  dispatched_position = excluded.dispatched_position;

-- release --
-- The unit was released; its part does not count.
update evaluation.assignment_fact set released = true
where district = $1 and proposal_id = $2 and unit = $3;

-- give_opinion --
-- The co-unit handed over its opinion; that completes its part.
update evaluation.assignment_fact set
  completed_on = coalesce(completed_on, $4),
  completed_position = coalesce(completed_position, $5)
where district = $1 and proposal_id = $2 and unit = $3;

-- reply --
-- The unit answered; its first answer completes its part.
update evaluation.assignment_fact set
  completed_on = coalesce(completed_on, $4),
  replied_on = coalesce(replied_on, $4),
  completed_position = coalesce(completed_position, $5)
where district = $1 and proposal_id = $2 and unit = $3;

-- open_round --
-- The unit handles the case again.
update evaluation.assignment_fact set handling_round = $4
where district = $1 and proposal_id = $2 and unit = $3;

-- rate --
-- The proposer rated the unit's answer; the latest rating counts.
update evaluation.assignment_fact set satisfaction = $4, rated_position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- adopt_clue --
-- A clue was adopted.
insert into evaluation.clue_fact (district, year, number, title, position)
values ($1, $2, $3, $4, $5);

-- claim --
-- A figure was stated; the latest statement of one source counts.
insert into evaluation.claim_fact (district, year, figure, source, claimed, position)
values ($1, $2, $3, $4, $5, $6)
on conflict (district, year, figure, source) do update set
  claimed = excluded.claimed,
  position = excluded.position;

-- report_rating --
-- A ledger tells how the answer was rated.
insert into evaluation.reported_rating (district, proposal_id, satisfaction, rated_on)
values ($1, $2, $3, $4)
on conflict (district, proposal_id) do update set
  satisfaction = excluded.satisfaction,
  rated_on = excluded.rated_on;

-- reported_rating --
-- How a ledger says that an answer was rated.
select satisfaction, rated_on from evaluation.reported_rating
where district = $1 and proposal_id = $2;

-- assignments_of_year --
-- The facts behind a year's figures, in a fixed order.
select
  c.year, c.proposal_id, coalesce(c.number, c.proposal_id) as number, c.title, a.unit, a.role,
  a.reporting, c.is_key as key, a.dispatched_on, a.due_on, a.due_rule, a.completed_on,
  a.replied_on, a.satisfaction, a.handling_round, c.ended or a.released as ended,
  a.dispatched_position, a.completed_position, a.rated_position
from evaluation.case_fact c
join evaluation.assignment_fact a on a.district = c.district and a.proposal_id = c.proposal_id
where c.district = $1 and c.year = $2
order by number, a.unit;

-- clues_of_year --
-- The adopted clues of a year.
select number, title, position from evaluation.clue_fact
where district = $1 and year = $2
order by number;

-- claims_of_year --
-- The claimed figures of a year, in the order they were stated.
select figure, claimed, source, position from evaluation.claim_fact
where district = $1 and year = $2
order by position;

-- position --
-- How far these facts have come in the district's log.
select position from log.checkpoint where follower = 'evaluation' and district = $1;

-- units_of_case --
-- The units that have, or had, a part in a case.
select unit from evaluation.assignment_fact where district = $1 and proposal_id = $2;

-- may_rate --
-- Whether somebody is a proposer of a case: by subject, or by name where no subject is known.
select $3::text = any (raters_by_subject) or $4::text = any (raters_by_name)
from evaluation.case_fact where district = $1 and proposal_id = $2;
