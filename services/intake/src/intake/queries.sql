-- receive --
-- A proposal came in.
insert into intake.proposal
  (district, proposal_id, year, title, form, proposers, state, fabricated, submitted_by, position)
values ($1, $2, $3, $4, $5, $6, 'received', $7, $8, $9);

-- count_year --
-- One proposal more in a district's year.
insert into intake.district_year (district, year, proposals) values ($1, $2, 1)
on conflict (district, year) do update set proposals = intake.district_year.proposals + 1;

-- file --
-- The proposal has a case number from now on.
update intake.proposal set state = 'filed', number = $3, position = $4
where district = $1 and proposal_id = $2;

-- end_review --
-- The proposal was refused, merged or withdrawn.
update intake.proposal set state = $3, note = $4, position = $5
where district = $1 and proposal_id = $2;

-- mark_key --
-- The proposal is a key proposal.
update intake.proposal set is_key = true, position = $3
where district = $1 and proposal_id = $2;

-- proposal --
-- One proposal.
select * from intake.proposal where district = $1 and proposal_id = $2;

-- is_proposer --
-- Whether a proposal is somebody's: by subject, or by name where no proposer handed it in.
select coalesce(submitted_by = $3, $4::text = any (proposers)) from intake.proposal
where district = $1 and proposal_id = $2;

-- proposals_of_year --
-- The proposals of a year, by case number, those without one last.
select * from intake.proposal
where district = $1 and year = $2
order by number nulls last, proposal_id;

-- years --
-- The years in which districts have proposals.
select district, year, proposals from intake.district_year order by district, year;
