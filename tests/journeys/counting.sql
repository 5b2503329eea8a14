-- Every figure of a year's summary, counted over the bytes of the log and nothing else: no
-- projection, none of the code of the services, and the points of the sample rulebook by hand.
-- One row for each figure: its key in the summary, and how it is printed.
with event as (
  select position, type, convert_from(body, 'UTF8')::jsonb -> 'data' as data
  from log.event where district = $1
),
given as (
  select
    data ->> 'proposal_id' as proposal, data ->> 'number' as number, data ->> 'unit' as unit,
    data ->> 'role' as role, (data ->> 'reporting')::boolean as own,
    (data ->> 'dispatched_on')::date as dispatched_on, (data ->> 'due_on')::date as due_on
  from event
  where type = 'tian.assignment.assignment_dispatched.v1' and (data ->> 'year')::integer = $2
    and data ->> 'proposal_id' not in (
      select data ->> 'proposal_id' from event where type = 'tian.assignment.case_ended.v1')
),
answer as (
  select data ->> 'proposal_id' as proposal, data ->> 'unit' as unit,
    min((data ->> 'issued_on')::date) as done_on
  from event where type = 'tian.assignment.reply_issued.v1' group by 1, 2
),
opinion as (
  select data ->> 'proposal_id' as proposal, data ->> 'unit' as unit,
    min((data ->> 'given_on')::date) as done_on
  from event where type = 'tian.assignment.co_opinion_given.v1' group by 1, 2
),
rating as (
  select distinct on (1, 2) data ->> 'proposal_id' as proposal, data ->> 'unit' as unit,
    data ->> 'satisfaction' as satisfaction
  from event where type = 'tian.evaluation.reply_rated.v1' order by 1, 2, position desc
),
again as (
  select distinct data ->> 'proposal_id' as proposal
  from event where type = 'tian.assignment.handling_round_opened.v1'
),
part as (
  select given.*, satisfaction, coalesce(answer.done_on, opinion.done_on) as done_on,
    coalesce(answer.done_on, opinion.done_on) - dispatched_on as days,
    array_position(array['sole', 'lead', 'split', 'co'], role) as place
  from given
  left join answer using (proposal, unit)
  left join opinion using (proposal, unit)
  left join rating using (proposal, unit)
),
own_case as (
  select proposal, number, (array['sole', 'lead', 'split', 'co'])[min(place)] as role,
    bool_or(done_on is null) as unfinished,
    bool_or(done_on is null or done_on > due_on) as overdue,
    bool_or(role <> 'co') as answering,
    bool_or(role <> 'co' and done_on is null) as unanswered,
    bool_or(role <> 'co' and satisfaction = 'dissatisfied') as dissatisfying,
    proposal in (select proposal from again) as handled_again,
    proposal in (
      select data ->> 'proposal_id' from event where type = 'tian.intake.proposal_marked_key.v1'
    ) as is_key
  from part where own group by proposal, number
),
count_of as (
  select
    count(*) as cases,
    count(*) filter (where overdue) as overdue,
    count(*) filter (where overdue and not unfinished) as late,
    count(*) filter (where unfinished) as unfinished,
    count(*) filter (where answering) as answering,
    count(*) filter (where unanswered) as unanswered,
    count(*) filter (where dissatisfying) as dissatisfying,
    count(*) filter (where handled_again) as handled_again,
    count(*) filter (where is_key and answering and not unanswered) as key_answered,
    (select count(*) from part where own and role <> 'co' and satisfaction is not null) as rated,
    (select count(*) from part where own and role <> 'co' and satisfaction = 'satisfied')
      as satisfied,
    (select count(*) from event where type = 'tian.intake.clue_adopted.v1'
      and (data ->> 'year')::integer = $2) as clues
  from own_case
),
points as (
  select late * 1 as late, unfinished * 2 as unfinished, dissatisfying * 1 as dissatisfying,
    case when cases >= 30 then 2 else 0 end as cases, key_answered * 2 as key_answered,
    clues * 0.5 as clues
  from count_of
),
pace as (
  select case when role = 'co' then 'opinions' else 'answers' end as kind, count(*) as steps,
    round(avg(days), 1) as mean_days, max(days) as longest_days,
    count(*) filter (where due_on - done_on between 0 and 3) as close
  from part where own and done_on is not null group by 1
),
told as (
  select *, row_number() over (partition by proposal order by place, unit) - 1 as nth
  from part where own and role <> 'co'
),
figure (key, printed) as (
  select 'year', $2::text
  union all select 'total', cases::text from count_of
  union all select 'role_' || role, count(*)::text from own_case group by role
  union all select 'on_time_completion_rate_denominator', cases::text from count_of
  union all select 'on_time_completion_rate_numerator', (cases - overdue)::text from count_of
  union all select 'on_time_completion_rate_misses', overdue::text from count_of
  union all select 'on_time_completion_rate',
    trim_scale(trunc(100.0 * (cases - overdue) / cases, 4)::numeric(7, 2)) || '%' from count_of
  union all select 'reply_rate_denominator', answering::text from count_of
  union all select 'reply_rate_numerator', (answering - unanswered)::text from count_of
  union all select 'reply_rate_misses', unanswered::text from count_of
  union all select 'reply_rate',
    trim_scale((100.0 * (answering - unanswered) / answering)::numeric(7, 2)) || '%' from count_of
  union all select 'satisfaction_rate_denominator', rated::text from count_of
  union all select 'satisfaction_rate_numerator', satisfied::text from count_of
  union all select 'satisfaction_rate_misses', (rated - satisfied)::text from count_of
  union all select 'satisfaction_rate',
    trim_scale((100.0 * satisfied / rated)::numeric(7, 2)) || '%' from count_of
  union all select 'rehandled', handled_again::text from count_of
  union all select 'weak_late-case', late::text from count_of
  union all select 'weak_unanswered-case', unfinished::text from count_of
  union all select 'weak_dissatisfied-case', dissatisfying::text from count_of
  union all select kind || '_count', steps::text from pace
  union all select kind || '_mean_days', trim_scale(mean_days)::text from pace
  union all select kind || '_longest_days', longest_days::text from pace
  union all select kind || '_close', close::text from pace
  union all select 'rulebook_version', '1'
  union all select 'base', '95'
  union all select 'deduction_total', (late + unfinished + dissatisfying)::text from points
  union all select 'late-case_count', late::text from count_of
  union all select 'late-case_points', late::text from points
  union all select 'unanswered-case_count', unfinished::text from count_of
  union all select 'unanswered-case_points', unfinished::text from points
  union all select 'dissatisfied-case_count', dissatisfying::text from count_of
  union all select 'dissatisfied-case_points', dissatisfying::text from points
  union all select 'bonus_total', trim_scale(cases + key_answered + clues)::text from points
  union all select 'total-cases_count', cases::text from count_of
  union all select 'total-cases_points', cases::text from points
  union all select 'key-case-answered_count', key_answered::text from count_of
  union all select 'key-case-answered_points', key_answered::text from points
  union all select 'adopted-clue_count', clues::text from count_of
  union all select 'adopted-clue_points', trim_scale(clues)::text from points
  union all select 'score', trim_scale(least(100, greatest(0,
    95 - late - unfinished - dissatisfying) + cases + key_answered + clues))::text from points
  union all select 'case_' || number || '_number', number from own_case
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
