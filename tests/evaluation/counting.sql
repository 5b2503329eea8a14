-- Every figure of a year's summary, counted over the bytes of the log and nothing else: no
-- projection, and none of the code of the services. Written from the words of docs/figures.md.
--
-- $1 the district, $2 the year, $3 the formula chosen for each rate, $4 the ratings that count as
-- satisfied, $5 the points of each item of the rulebook, or an empty object where none is in force.
-- One row for each figure: its key in the summary, and how it is printed.
with event as materialized (
  select position, type, document -> 'data' as data, not document ? 'attestedby' as live
  from (
    select position, type, convert_from(body, 'UTF8')::jsonb as document
    from log.event where district = $1
  ) each
),
received as (
  select data ->> 'proposal_id' as proposal, live
  from event where type = 'tian.intake.proposal_received.v1' and (data ->> 'year')::integer = $2
),
numbered as (
  select distinct on (data ->> 'proposal_id')
    data ->> 'proposal_id' as proposal, data ->> 'number' as number
  from event
  where type in ('tian.intake.proposal_filed.v1', 'tian.intake.case_number_corrected.v1')
  order by data ->> 'proposal_id', position desc
),
merged as (
  select proposal from (
    select distinct on (data ->> 'proposal_id') data ->> 'proposal_id' as proposal, type
    from event
    where type in ('tian.intake.proposal_merged.v1', 'tian.intake.merge_undone.v1')
    order by data ->> 'proposal_id', position desc
  ) latest where type = 'tian.intake.proposal_merged.v1'
),
ended as materialized (
  select proposal from (
    select distinct on (data ->> 'proposal_id') data ->> 'proposal_id' as proposal, type
    from event
    where type in ('tian.assignment.case_ended.v1', 'tian.assignment.case_reopened.v1')
    order by data ->> 'proposal_id', position desc
  ) latest where type = 'tian.assignment.case_ended.v1'
),
of_unit as materialized (
  select position, type, data, live, data ->> 'proposal_id' as proposal, data ->> 'unit' as unit
  from event where data ? 'unit'
),
-- A case that was given to a unit again begins anew for it: only what came after the last time counts.
given as materialized (
  select * from (
    select distinct on (proposal, unit) proposal, unit, position as given_at, live,
      data ->> 'role' as given_role, (data ->> 'reporting')::boolean as own,
      (data ->> 'dispatched_on')::date as dispatched_on, (data ->> 'due_on')::date as first_due_on,
      (data ->> 'sign_by')::date as first_sign_by
    from of_unit
    where type = 'tian.assignment.assignment_dispatched.v1'
    order by proposal, unit, position desc
  ) last_time
  where proposal in (select proposal from received)
    and proposal not in (select proposal from ended)
    and (proposal, unit) not in (
      select proposal, unit from of_unit released
      where type = 'tian.assignment.return_granted.v1' and not exists (
        select from of_unit again where again.type = 'tian.assignment.assignment_dispatched.v1'
          and again.proposal = released.proposal and again.unit = released.unit
          and again.position > released.position))
),
since as materialized (
  select of_unit.* from of_unit
  join given on given.proposal = of_unit.proposal and given.unit = of_unit.unit
    and of_unit.position > given.given_at
),
answer as (
  select distinct on (proposal, unit) proposal, unit, (data ->> 'issued_on')::date as answered_on
  from since where type = 'tian.assignment.reply_issued.v1' order by proposal, unit, position
),
latest_answer as (
  select distinct on (proposal, unit) proposal, unit, data ->> 'openness' as openness
  from since where type = 'tian.assignment.reply_issued.v1' order by proposal, unit, position desc
),
-- The class is that of the latest answer, or the one that it was changed to since.
class as (
  select distinct on (proposal, unit) proposal, unit,
    case data ->> 'result_class' when 'A' then 'solved' when 'B' then 'in_progress'
      when 'C' then 'blocked' when 'D' then 'reference' end as meaning
  from since where type in ('tian.assignment.reply_issued.v1',
    'tian.assignment.result_class_changed.v1') order by proposal, unit, position desc
),
deadline as (
  select distinct on (proposal, unit) proposal, unit, (data ->> 'due_on')::date as moved_to
  from since where type in ('tian.assignment.extension_granted.v1',
    'tian.assignment.handling_resumed.v1', 'tian.assignment.due_date_moved.v1')
  order by proposal, unit, position desc
),
signing_day as (
  select distinct on (proposal, unit) proposal, unit, (data ->> 'sign_by')::date as signing_moved_to
  from since where type = 'tian.assignment.early_limits_moved.v1' and data ->> 'sign_by' is not null
  order by proposal, unit, position desc
),
role_change as (
  select distinct on (proposal, unit) proposal, unit, data ->> 'role' as new_role
  from since where type = 'tian.assignment.role_changed.v1'
  order by proposal, unit, position desc
),
promise as (
  select made.proposal, made.unit, (made.data ->> 'due_on')::date as promised_for,
    (select max((kept.data ->> 'fulfilled_on')::date) from since kept
      where kept.type = 'tian.assignment.commitment_fulfilled.v1'
        and kept.proposal = made.proposal and kept.unit = made.unit
        and kept.data ->> 'commitment' = made.data ->> 'commitment') as kept_on
  from since made where made.type = 'tian.assignment.commitment_made.v1'
),
opinion as (
  select distinct on (proposal, unit) proposal, unit, (data ->> 'given_on')::date as given_on
  from since where type = 'tian.assignment.co_opinion_given.v1' order by proposal, unit, position
),
rating as (
  select distinct on (proposal, unit) proposal, unit, data ->> 'satisfaction' as satisfaction
  from since where type = 'tian.evaluation.reply_rated.v1' order by proposal, unit, position desc
),
signature as (
  select proposal, unit, max((data ->> 'signed_on')::date) as signed_on
  from since where type = 'tian.assignment.assignment_signed.v1' group by 1, 2
),
contact as (
  select proposal, unit, count(distinct data ->> 'stage') = 3 as at_all_stages,
    bool_or(data ->> 'manner' = 'visit') as has_visit,
    bool_or(data ->> 'manner' in ('visit', 'phone')) as has_talk,
    bool_or(data ->> 'manner' = 'not_needed') as is_declined,
    bool_or(data ->> 'manner' = 'not_stated') as is_vague
  from since where type = 'tian.assignment.contact_recorded.v1' group by 1, 2
),
step as (
  select proposal, unit,
    count(*) filter (where type = 'tian.assignment.co_opinion_waived.v1') as waivers,
    count(*) filter (where type = 'tian.assignment.handling_round_opened.v1') as more_rounds
  from since group by 1, 2
),
placed as (
  select given.*, coalesce(new_role, given_role) as role,
    coalesce(moved_to, first_due_on) as due_on, coalesce(signing_moved_to, first_sign_by) as sign_by
  from given
  left join deadline using (proposal, unit)
  left join signing_day using (proposal, unit)
  left join role_change using (proposal, unit)
),
part as materialized (
  select placed.*, coalesce(number, proposal) as number, satisfaction, openness, meaning,
    signed_on, role <> 'co' as answering,
    answered_on is not null as answered,
    coalesce(answered_on, given_on) as done_on,
    coalesce(answered_on, given_on) - dispatched_on as days,
    array_position(array['sole', 'lead', 'split', 'co'], role) as place,
    coalesce(coalesce(answered_on, given_on) <= due_on, false) as in_time,
    coalesce(satisfaction = any ($4), false) as satisfied,
    coalesce(satisfaction in ('satisfied', 'basically_satisfied'), false) as broadly_satisfied,
    coalesce(is_declined and not has_visit, false) as declined,
    case when signed_on is not null then true when live then false end as signed,
    case when signed_on is not null then signed_on <= dispatched_on + 10
      when live then false end as signed_in_time,
    -- A ledger tells of no day to sign by: the rulebook's ten days stand in. Live, none was set.
    case when sign_by is null and live then null
      when signed_on is not null then signed_on <= coalesce(sign_by, dispatched_on + 10)
      when live then false end as signed_by_its_day,
    case when has_visit then true
      when (live or at_all_stages) and not coalesce(is_vague, false) then false end as visited,
    case when has_talk then true
      when (live or at_all_stages) and not coalesce(is_vague, false) then false end as talked_to,
    case when at_all_stages then true when live then false end as met_thrice,
    coalesce(waivers > 0, false) as waived, coalesce(more_rounds > 0, false) as handled_again
  from placed
  left join numbered using (proposal)
  left join answer using (proposal, unit)
  left join latest_answer using (proposal, unit)
  left join class using (proposal, unit)
  left join opinion using (proposal, unit)
  left join rating using (proposal, unit)
  left join signature using (proposal, unit)
  left join contact using (proposal, unit)
  left join step using (proposal, unit)
),
own_part as (select * from part where own),
reply as (select * from own_part where answering and answered),
own_case as materialized (
  select proposal, number, (array['sole', 'lead', 'split', 'co'])[min(place)] as role,
    bool_or(answering) as answering,
    bool_or(done_on is null) as unfinished,
    bool_and(in_time) as in_time,
    bool_and(in_time) filter (where answering) as answers_in_time,
    bool_and(in_time) filter (where not answering and not waived) as opinions_in_time,
    bool_or(answering and not answered) as unanswered,
    bool_or(answering and satisfaction is not null) as rated,
    bool_and(satisfied) filter (where answering and satisfaction is not null) as all_rated_satisfied,
    bool_and(satisfied) filter (where answering) as all_satisfied,
    bool_or(answering and satisfaction = 'dissatisfied') as dissatisfying,
    bool_or(handled_again) as handled_again,
    case
      when bool_or(answering and (not answered or meaning <> 'solved')) then false
      when bool_and(meaning = 'solved') filter (where answering and meaning is not null)
        and not bool_or(answering and meaning is null) then true
    end as solved,
    case when bool_or(visited) filter (where answering) then true
      when not bool_or(answering and visited is null) then false end as visited,
    case when bool_or(talked_to) filter (where answering) then true
      when not bool_or(answering and talked_to is null) then false end as talked_to,
    coalesce((
      select type = 'tian.intake.proposal_marked_key.v1' from event mark
      where type in ('tian.intake.proposal_marked_key.v1', 'tian.intake.proposal_unmarked_key.v1')
        and mark.data ->> 'proposal_id' = own_part.proposal
      order by position desc limit 1), false) as is_key
  from own_part group by proposal, number
),
verdict (formula, met) as (
  select 'on_time_completion.by_case.v1', in_time from own_case
  union all select 'on_time_completion.by_answering_case.v1', answers_in_time
    from own_case where answering
  union all select 'on_time_completion.of_completed_cases.v1', in_time
    from own_case where not unfinished
  union all select 'on_time_completion.by_assignment.v1', in_time from own_part
  union all select 'co_opinion.on_time.by_assignment.v1', in_time
    from own_part where not answering and not waived
  union all select 'co_opinion.on_time.by_case.v1', opinions_in_time from own_case
  union all select 'reply.by_answering_case.v1', not unanswered from own_case where answering
  union all select 'reply.by_assignment.v1', answered from own_part where answering
  union all select 'completion.by_answering_case.v1', not unanswered from own_case where answering
  union all select 'completion.by_case.v1', not unfinished from own_case
  union all select 'completion.by_solved_case.v1', solved from own_case where answering
  union all select 'signing.by_assignment.v1', signed from own_part
  union all select 'signing.on_time.by_assignment.v1', signed_in_time from own_part
  union all select 'signing.on_time.by_assignment.v2', signed_by_its_day from own_part
  union all select 'satisfaction.by_rated_reply.v1', satisfied
    from own_part where answering and satisfaction is not null
  union all select 'satisfaction.by_reply.v1', satisfied from reply
  union all select 'satisfaction.by_assignment.v1', satisfied from own_part where answering
  union all select 'satisfaction.by_rated_case.v1', all_rated_satisfied from own_case where rated
  union all select 'satisfaction.by_answering_case.v1', all_satisfied from own_case where answering
  union all select 'broad_satisfaction.by_rated_reply.v1', broadly_satisfied
    from own_part where answering and satisfaction is not null
  union all select 'broad_satisfaction.by_reply.v1', broadly_satisfied from reply
  union all select 'form_return.by_reply.v1', satisfaction is not null from reply
  union all select 'solution.solved.by_reply.v1', meaning = 'solved' from reply
  union all select 'solution.solved_or_under_way.by_reply.v1',
    meaning in ('solved', 'in_progress', 'planned') from reply
  union all select 'publication.by_reply.v1', openness = 'public' from reply
  union all select 'publication.of_what_is_not_withheld.v1', openness = 'public'
    from reply where openness is distinct from 'withheld'
  -- The day is the one it was promised for: putting a promise off does not keep it in time.
  union all select 'promise.kept.by_promise.v1', kept_on is not null
    from reply join promise using (proposal, unit)
  union all select 'promise.kept_on_time.by_promise.v1', coalesce(kept_on <= promised_for, false)
    from reply join promise using (proposal, unit)
  union all select 'meeting.face_to_face.by_answering_case.v1', visited
    from own_case where answering
  union all select 'meeting.with_calls.by_answering_case.v1', talked_to
    from own_case where answering
  union all select 'visit.by_assignment.v1', visited from own_part where answering and not declined
  union all select 'contact.three_stages.by_assignment.v1', met_thrice
    from own_part where answering
  -- A ledger lists what was filed: where everything comes from ledgers, nobody knows what came in.
  union all select 'filing.before_merging.v1',
    proposal in (select proposal from numbered) or proposal in (select proposal from merged)
    from received where (select bool_or(live) from received)
  union all select 'filing.after_merging.v1',
    proposal in (select proposal from numbered) and proposal not in (select proposal from merged)
    from received where (select bool_or(live) from received)
),
rate as (
  select chosen.key as name, count(*) filter (where met) as met,
    count(*) filter (where met is not null) as counted
  from jsonb_each_text($3) as chosen
  left join verdict on verdict.formula = chosen.value
  group by 1
),
count_of as (
  select
    count(*) as cases,
    count(*) filter (where not in_time and not unfinished) as late,
    count(*) filter (where unfinished) as unfinished,
    count(*) filter (where dissatisfying) as dissatisfying,
    count(*) filter (where handled_again) as handled_again,
    count(*) filter (where is_key and answering and not unanswered) as key_answered,
    (select count(*) from own_part where not signed_in_time) as late_signings,
    (select count(*) from own_part where not signed_by_its_day) as overdue_signings,
    (select count(*) from own_part where answering and not declined and not visited) as unvisited,
    (select count(*) from own_part where not answering and not waived and not in_time)
      as late_opinions,
    (select count(distinct data ->> 'number') from event
      where type = 'tian.intake.clue_adopted.v1' and (data ->> 'year')::integer = $2) as clues
  from own_case
),
item (id, sign, number, times) as (
  select 'late-case', -1, late, late from count_of
  union all select 'unanswered-case', -1, unfinished, unfinished from count_of
  union all select 'dissatisfied-case', -1, dissatisfying, dissatisfying from count_of
  union all select 'late-signing', -1, late_signings, late_signings from count_of
  union all select 'overdue-signing', -1, overdue_signings, overdue_signings from count_of
  union all select 'unvisited', -1, unvisited, unvisited from count_of
  union all select 'late-opinion', -1, late_opinions, late_opinions from count_of
  union all select 'total-cases', 1, cases, (cases >= 30)::integer from count_of
  union all select 'key-case-answered', 1, key_answered, key_answered from count_of
  union all select 'adopted-clue', 1, clues, clues from count_of
),
charged as (
  select id, sign, number, times * points.value::numeric as points
  from item join jsonb_each_text($5) as points on points.key = item.id
),
sums as (
  select coalesce(sum(points) filter (where sign < 0), 0) as deducted,
    coalesce(sum(points) filter (where sign > 0), 0) as added
  from charged having count(*) > 0
),
pace as (
  select case when answering then 'answers' else 'opinions' end as kind, count(*) as steps,
    round(sum(days)::numeric / count(*), 1) as mean_days, max(days) as longest_days,
    count(*) filter (where due_on - done_on between 0 and 3) as close
  from own_part where done_on is not null group by 1
),
first_contact as (
  select proposal, unit, min((data ->> 'contacted_on')::date) as contacted_on
  from since where type = 'tian.assignment.contact_recorded.v1' group by 1, 2
),
sent_back as (
  select proposal, unit,
    count(*) filter (where type = 'tian.assignment.draft_sent_back.v1') as drafts,
    count(*) filter (where type = 'tian.assignment.co_opinion_sent_back.v1') as opinions
  from since group by 1, 2
),
weak (key, number) as (
  select 'drafts_sent_back_times', sum(drafts) from own_part join sent_back using (proposal, unit)
  union all select 'drafts_sent_back_cases', count(distinct proposal)
    from own_part join sent_back using (proposal, unit) where drafts > 0
  union all select 'opinions_sent_back', sum(opinions)
    from part join sent_back using (proposal, unit)
    where role = 'co' and proposal in (select proposal from own_case)
  union all select 'slow_opinions', count(*) from part
    where role = 'co' and not waived and done_on > due_on
      and proposal in (select proposal from own_case)
  union all select 'late_contacts', count(*)
    from own_part join first_contact using (proposal, unit)
    where answering and contacted_on >= done_on
  union all select 'contacts_longest_days', max(contacted_on - dispatched_on)
    from own_part join first_contact using (proposal, unit) where answering
  union all select 'contacts_mean_days', round(avg(contacted_on - dispatched_on), 1)
    from own_part join first_contact using (proposal, unit) where answering
),
-- The points of a proposal are those of the latest list; a result counts with its latest record.
ask as (
  select latest_list.proposal, (point ->> 'number')::integer as nth
  from (
    select distinct on (data ->> 'proposal_id') data ->> 'proposal_id' as proposal, data
    from event where type = 'tian.assignment.suggestions_listed.v1'
    order by data ->> 'proposal_id', position desc
  ) latest_list, lateral jsonb_array_elements(data -> 'suggestions') as point
),
result as (
  select distinct on (since.proposal, since.unit, data ->> 'number') since.proposal,
    (data ->> 'number')::integer as nth, data ->> 'state' as state
  from since join part on part.proposal = since.proposal and part.unit = since.unit
  where type = 'tian.assignment.result_recorded.v1'
  order by since.proposal, since.unit, data ->> 'number', since.position desc
),
asked as (
  select proposal, count(*) as asks,
    count(*) filter (where exists (
      select from result where result.proposal = ask.proposal and result.nth = ask.nth
        and state = 'done')) as asks_done
  from ask group by 1
),
category_said as (
  select distinct on (proposal) data ->> 'proposal_id' as proposal, data ->> 'category' as category
  from (select data, position, data ->> 'proposal_id' as proposal from event
    where data ->> 'category' is not null) each
  order by proposal, position desc
),
told as (
  select *, row_number() over (partition by proposal order by place, unit collate "C") - 1 as nth
  from own_part where answering
),
figure (key, printed) as (
  select 'year', $2::integer::text
  union all select 'total', cases::text from count_of
  union all select 'role_' || role, count(*)::text from own_case group by role
  union all select 'category_' || category, count(*)::text
    from own_case join category_said using (proposal) group by category
  union all select name, case
      when counted = 0 then '—'
      when met < counted and round(100.0 * met / counted, 2) = 100 then '99.99%'
      else trim_scale(round(100.0 * met / counted, 2)) || '%' end from rate
  union all select name || '_numerator', met::text from rate
  union all select name || '_denominator', counted::text from rate
  union all select name || '_misses', (counted - met)::text from rate
  union all select 'short_' || name, (counted - met)::text from rate
  union all select 'rehandled', handled_again::text from count_of
  union all select kind || '_count', steps::text from pace
  union all select kind || '_mean_days', trim_scale(mean_days)::text from pace
  union all select kind || '_longest_days', longest_days::text from pace
  union all select kind || '_close', close::text from pace
  union all select 'rulebook_version', '1'
  union all select 'base', '95'
  union all select 'ceiling', '100'
  union all select 'weak_' || id, number::text from charged where sign < 0
  union all select id || '_count', number::text from charged
  union all select id || '_points', trim_scale(points)::text from charged
  union all select 'deduction_total', trim_scale(deducted)::text from sums
  union all select 'bonus_total', trim_scale(added)::text from sums
  union all select 'score', trim_scale(least(100, greatest(0, 95 - deducted) + added))::text
    from sums
  union all select 'case_' || number || '_number', number from own_case
  union all select key, trim_scale(number)::text from weak where number is not null
  union all select 'case_' || number || '_asks', asks::text from own_case join asked using (proposal)
  union all select 'case_' || number || '_asks_done', asks_done::text
    from own_case join asked using (proposal)
  union all select 'case_' || number || '_co_units', count(*)::text
    from part where role = 'co' group by number
  union all select 'case_' || number || '_replied_' || nth,
    to_char(done_on, 'FMYYYY"年"FMMM"月"FMDD"日"') from told
  union all select 'case_' || number || '_days_' || nth, days::text from told
  union all select 'case_' || number || '_rating_' || nth, case satisfaction
    when 'satisfied' then '满意' when 'basically_satisfied' then '基本满意'
    when 'dissatisfied' then '不满意' end from told
)
select key, printed from figure where printed is not null;
