-- open_file --
-- A proposal came in; its case file begins.
insert into assignment.case_file (district, proposal_id, year, title, fabricated)
values ($1, $2, $3, $4, $5);

-- number_file --
-- The proposal was filed under a number.
update assignment.case_file set number = $3 where district = $1 and proposal_id = $2;

-- mark_key --
-- The proposal is a key proposal.
update assignment.case_file set is_key = true where district = $1 and proposal_id = $2;

-- end_file --
-- The case ended without an answer.
update assignment.case_file set ended_reason = $3 where district = $1 and proposal_id = $2;

-- dispatch --
-- A unit got its part, for the first time or again.
insert into assignment.part
  (district, proposal_id, unit, role, own, reporting, lead_unit, dispatched_on, due_on, due_rule,
   state, position)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'dispatched', $11)
on conflict (district, proposal_id, unit) do update set
  role = excluded.role,
  own = excluded.own,
  reporting = excluded.reporting,
  lead_unit = excluded.lead_unit,
  dispatched_on = excluded.dispatched_on,
  due_on = excluded.due_on,
  due_rule = excluded.due_rule,
  state = 'dispatched',
  signed_on = null,
  opinion_on = null,
  opinion_waived = null,
  completed_on = null,
  replied_on = null,
  document_number = null,
  result_class = null,
  openness = null,
  contact_person = null,
  satisfaction = null,
  handling_round = 1,
  return_reason = null,
  suggested_unit = null,
  contacts = '[]',
  position = excluded.position;

-- sign --
-- The unit signed for its part.
update assignment.part set signed_on = $4, state = 'handling', position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- ask_return --
-- The unit wants to be released.
update assignment.part set return_reason = $4, suggested_unit = $5, position = $6
where district = $1 and proposal_id = $2 and unit = $3;

-- grant_return --
-- The unit was released.
update assignment.part set state = 'returned', position = $4
where district = $1 and proposal_id = $2 and unit = $3;

-- decline_return --
-- The unit has to keep its part.
update assignment.part set return_reason = null, suggested_unit = null, position = $4
where district = $1 and proposal_id = $2 and unit = $3;

-- add_contact --
-- The unit was in contact with the proposer.
update assignment.part set
  contacts = contacts || jsonb_build_object(
    'stage', $4::text, 'manner', $5::text, 'contacted_on', $6::date, 'note', $7::text),
  position = $8
where district = $1 and proposal_id = $2 and unit = $3;

-- give_opinion --
-- The co-unit handed over its opinion; that completes its part.
update assignment.part set
  opinion_on = $4, completed_on = coalesce(completed_on, $4), state = 'replied', position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- waive_opinion --
-- Nobody waits for this opinion any longer.
update assignment.part set opinion_waived = $4, position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- reply --
-- The unit answered. What counts as completion is its first answer.
update assignment.part set
  replied_on = $4, completed_on = coalesce(completed_on, $4), document_number = $5,
  result_class = $6, openness = $7, contact_person = $8, state = 'replied', position = $9
where district = $1 and proposal_id = $2 and unit = $3;

-- open_round --
-- The unit handles the case again.
update assignment.part set handling_round = $4, state = 'rehandling', position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- close --
-- Nothing is left to do for this unit.
update assignment.part set state = 'closed', position = $4
where district = $1 and proposal_id = $2 and unit = $3;

-- rate --
-- The proposer rated the unit's answer.
update assignment.part set satisfaction = $4, position = $5
where district = $1 and proposal_id = $2 and unit = $3;

-- files_of_year --
-- The case files of a year that have been dispatched.
select f.* from assignment.case_file f
where f.district = $1 and f.year = $2 and exists (
  select from assignment.part p where p.district = f.district and p.proposal_id = f.proposal_id)
order by f.number nulls last, f.proposal_id;

-- parts_of_year --
-- Every unit's part in the cases of a year.
select p.* from assignment.part p
join assignment.case_file f on f.district = p.district and f.proposal_id = p.proposal_id
where f.district = $1 and f.year = $2
order by p.proposal_id, p.reporting desc, p.unit;

-- file --
-- One case file.
select * from assignment.case_file where district = $1 and proposal_id = $2;

-- parts --
-- Every unit's part in one case.
select * from assignment.part
where district = $1 and proposal_id = $2
order by reporting desc, unit;
