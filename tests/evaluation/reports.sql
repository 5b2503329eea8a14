-- Every count of every report of a year, over the bytes of the log and nothing else: no projection,
-- and none of the code of the services. Written from the rules that the reports print.
--
-- $1 the district, $2 the year, $3 the day that overdue work is judged by.
-- One row for each count that is not nought: report, group, count, number.
with event as materialized (
  select position, type, document -> 'data' as data, not document ? 'attestedby' as live
  from (
    select position, type, convert_from(body, 'UTF8')::jsonb as document
    from log.event where district = $1
  ) each
),
of_proposal as materialized (
  select position, type, data, live, data ->> 'proposal_id' as proposal
  from event where data ? 'proposal_id'
    and (type like 'tian.intake.proposal_%'
      or type in ('tian.intake.merge_undone.v1', 'tian.intake.case_number_corrected.v1'))
),
key_mark as (
  select distinct on (proposal) proposal, type = 'tian.intake.proposal_marked_key.v1' as is_key
  from of_proposal
  where type in ('tian.intake.proposal_marked_key.v1', 'tian.intake.proposal_unmarked_key.v1')
  order by proposal, position desc
),
category_said as (
  select distinct on (proposal) proposal, data ->> 'category' as category
  from of_proposal
  where data ->> 'category' is not null and type in ('tian.intake.proposal_received.v1',
    'tian.intake.proposal_resubmitted.v1', 'tian.intake.proposal_filed.v1',
    'tian.intake.proposal_categorised.v1')
  order by proposal, position desc
),
said as (
  select proposal,
    (array_agg(data ->> 'number' order by position desc) filter (where type in (
      'tian.intake.proposal_filed.v1', 'tian.intake.case_number_corrected.v1')))[1] as number,
    bool_or(type = 'tian.intake.proposal_withdrawn.v1') as withdrawn,
    (array_agg(type order by position desc) filter (where type in (
      'tian.intake.proposal_merged.v1', 'tian.intake.merge_undone.v1')))[1]
      = 'tian.intake.proposal_merged.v1' as merged,
    bool_or(type = 'tian.intake.proposal_refused.v1') as refused,
    max(data ->> 'into') filter (where type = 'tian.intake.proposal_converted.v1') as converted,
    max(data ->> 'level') filter (where type = 'tian.intake.proposal_transferred.v1') as level,
    count(*) filter (where type = 'tian.intake.proposal_returned.v1') as returned
  from of_proposal group by proposal
),
received as materialized (
  select proposal, data -> 'proposers' as proposers, data ->> 'collective' as collective,
    case data ->> 'form' when 'individual' then '个人' when 'joint' then '联名' else '集体' end as form,
    case category when 'economic' then '经济建设' when 'political' then '政治建设'
      when 'cultural' then '文化建设' when 'social' then '社会建设'
      when 'ecological' then '生态文明建设' when 'other' then '其他' else '未分类' end as category,
    number, returned, coalesce(is_key, false) as is_key,
    case when withdrawn then '撤案' when merged then '并入他案'
      when converted = 'suggestion' then '转为意见建议'
      when converted = 'public_opinion' then '转为社情民意'
      when converted = 'letter' then '转为来信'
      when level = 'upper' then '转送上级政协' when level = 'lower' then '转送下级政协'
      when refused then '不予立案' when number is not null then '立案' else '尚未审查' end as outcome
  from of_proposal join said using (proposal) left join key_mark using (proposal)
    left join category_said using (proposal)
  where type = 'tian.intake.proposal_received.v1' and (data ->> 'year')::integer = $2
),
-- Proposals once by form, by category, by body, and for each of their proposers.
counted_proposal (report, grouping, outcome, is_key) as (
  select 'by-form', form, outcome, is_key from received
  union all select 'by-category', category, outcome, is_key from received
  union all select 'by-member', name, outcome, is_key
    from received, lateral (
      select distinct jsonb_array_elements_text(proposers) as name) each_proposer
  union all select 'by-body', case collective when 'party' then '党派'
      when 'organisation' then '团体' when 'sector' then '界别' when 'group' then '小组'
      when 'special_committee' then '专委会' else '没有注明' end, outcome, is_key
    from received where form = '集体'
),
of_proposals (report, grouping, count, number) as (
  select report, grouping, 'received', count(*) from counted_proposal group by 1, 2
  union all select report, grouping, case outcome when '立案' then 'filed'
      when '不予立案' then 'refused' when '并入他案' then 'merged' when '撤案' then 'withdrawn'
      when '尚未审查' then 'unreviewed' else 'elsewhere' end, count(*)
    from counted_proposal group by 1, 2, 3
  union all select report, grouping, 'key', count(*) from counted_proposal where is_key group by 1, 2
  union all select 'review', outcome, 'total', count(*) from received group by 2
  union all select 'review', outcome, 'returned', sum(returned) from received group by 2
  union all select 'review', outcome, case form when '个人' then 'individual'
      when '联名' then 'joint' else 'collective' end, count(*) from received group by 2, 3
),
of_unit as materialized (
  select position, type, data, live, data ->> 'proposal_id' as proposal, data ->> 'unit' as unit
  from event where data ? 'unit' and data ? 'proposal_id'
),
ended as materialized (
  select proposal from (
    select distinct on (data ->> 'proposal_id') data ->> 'proposal_id' as proposal, type
    from event
    where type in ('tian.assignment.case_ended.v1', 'tian.assignment.case_reopened.v1')
    order by data ->> 'proposal_id', position desc
  ) latest where type = 'tian.assignment.case_ended.v1'
),
given as materialized (
  select distinct on (proposal, unit) proposal, unit, position as given_at, live,
    data ->> 'role' as role, (data ->> 'own')::boolean as own,
    (data ->> 'reporting')::boolean as reporting, (data ->> 'due_on')::date as due_on
  from of_unit
  where type = 'tian.assignment.assignment_dispatched.v1'
    and proposal in (select proposal from received)
    and proposal not in (select proposal from ended)
  order by proposal, unit, position desc
),
since as materialized (
  select of_unit.* from of_unit join given on given.proposal = of_unit.proposal
    and given.unit = of_unit.unit and of_unit.position > given.given_at
),
happened as (
  select proposal, unit,
    count(*) filter (where type = 'tian.assignment.assignment_signed.v1') > 0 as signed,
    count(*) filter (where type = 'tian.assignment.return_granted.v1') > 0 as released,
    count(*) filter (where type = 'tian.assignment.co_opinion_waived.v1') > 0 as waived,
    count(*) filter (where type = 'tian.assignment.handling_round_opened.v1') > 0 as again,
    count(*) filter (where type = 'tian.assignment.reply_published.v1') > 0 as published,
    count(*) filter (where type = 'tian.assignment.extension_granted.v1') as extended,
    count(*) filter (where type = 'tian.assignment.draft_sent_back.v1') as sent_back,
    count(*) filter (where type = 'tian.assignment.unit_chased.v1') as chased,
    count(*) filter (where type = 'tian.assignment.contact_recorded.v1') as contacts
  from since group by 1, 2
),
first_step as (
  select distinct on (proposal, unit) proposal, unit,
    coalesce(data ->> 'issued_on', data ->> 'given_on')::date as done_on,
    (data ->> 'issued_on')::date as replied_on
  from since where type in ('tian.assignment.reply_issued.v1', 'tian.assignment.co_opinion_given.v1')
  order by proposal, unit, position
),
latest (proposal, unit, what, value) as (
  select distinct on (proposal, unit, what) proposal, unit, what, value
  from (
    select proposal, unit, position, 'deadline' as what, data ->> 'due_on' as value
      from since where type in ('tian.assignment.extension_granted.v1',
        'tian.assignment.handling_resumed.v1', 'tian.assignment.due_date_moved.v1')
    union all select proposal, unit, position, 'role', data ->> 'role'
      from since where type = 'tian.assignment.role_changed.v1'
    union all select proposal, unit, position, 'class', data ->> 'result_class'
      from since where type in (
        'tian.assignment.reply_issued.v1', 'tian.assignment.result_class_changed.v1')
    union all select proposal, unit, position, 'openness', data ->> 'openness'
      from since where type = 'tian.assignment.reply_issued.v1'
    union all select proposal, unit, position, 'rating', data ->> 'satisfaction'
      from since where type = 'tian.evaluation.reply_rated.v1'
    union all select proposal, unit, position, 'proxy', data ->> 'by_proxy'
      from since where type = 'tian.evaluation.reply_rated.v1'
  ) each order by proposal, unit, what, position desc
),
value_of as (
  select proposal, unit, max(value) filter (where what = 'deadline') as deadline,
    max(value) filter (where what = 'role') as new_role,
    max(value) filter (where what = 'class') as class,
    max(value) filter (where what = 'openness') as openness,
    max(value) filter (where what = 'rating') as rating,
    max(value) filter (where what = 'proxy')::boolean as proxy
  from latest group by 1, 2
),
part as materialized (
  select given.proposal, given.unit, live, own, reporting, received.number, is_key,
    coalesce(new_role, role) as role, coalesce(deadline::date, due_on) as due_on,
    done_on, replied_on, class, openness, rating, coalesce(proxy, false) as proxy,
    coalesce(signed, false) as signed, coalesce(released, false) as released,
    coalesce(waived, false) as waived, coalesce(again, false) as again,
    coalesce(published, false) as published, coalesce(extended, 0) as extended,
    coalesce(sent_back, 0) as sent_back, coalesce(chased, 0) as chased,
    coalesce(contacts, 0) as contacts
  from given join received using (proposal)
  left join happened using (proposal, unit)
  left join first_step using (proposal, unit)
  left join value_of using (proposal, unit)
),
judged as materialized (
  select part.*, done_on is null and not released and not waived as open,
    done_on is null and not released and not waived and not signed and live as unsigned,
    coalesce(done_on > due_on, false) as late,
    done_on is null and not released and not waived and due_on < $3 as overdue,
    case role when 'sole' then '独办' when 'lead' then '主办' when 'split' then '分办' else '会办' end
      as role_name
  from part
),
answer as (
  select * from judged
  where reporting and not released and role <> 'co' and replied_on is not null
),
standing (report, grouping, proposal, unit) as (
  select 'by-unit', unit, proposal, unit from judged where own
  union all select 'progress', role_name, proposal, unit from judged where reporting and not released
  union all select 'key', number, proposal, unit from judged where own and is_key and not released
),
of_parts (report, grouping, count, number) as (
  select report, grouping, 'total', count(*) from standing group by 1, 2
  union all select report, grouping, case when unsigned then 'unsigned' when open then 'handled'
      when done_on is not null and report = 'by-unit' then 'completed'
      when done_on is not null and late then 'late' when done_on is not null then 'in_time'
      when released then 'released' else 'waived' end, count(*)
    from standing join judged using (proposal, unit) group by 1, 2, 3
  union all select report, grouping, role, count(*)
    from standing join judged using (proposal, unit) where report = 'by-unit' group by 1, 2, 3
  union all select report, grouping, 'overdue', count(*)
    from standing join judged using (proposal, unit) where report <> 'by-unit' and overdue
    group by 1, 2
  union all select 'progress', role_name, 'extended', sum(extended)
    from judged where reporting and not released group by 2
  union all select 'progress', role_name, 'sent_back', sum(sent_back)
    from judged where reporting and not released group by 2
  union all select 'key', number, 'contacts', sum(contacts)
    from judged where own and is_key and not released group by 2
  union all select 'overdue', unit, case when late then 'late' else 'overdue' end, count(*)
    from judged where own and (late or overdue) group by 2, 3
  union all select 'overdue', unit, 'days', sum(greatest(coalesce(done_on, $3) - due_on, 0))
    from judged where own and (late or overdue) group by 2
  union all select 'overdue', unit, 'total', count(*)
    from judged where own and (late or overdue) group by 2
  union all select 'chasing', unit, it.count, it.times from judged, lateral (values
      ('total', 1), ('unsigned', unsigned::integer), ('overdue', overdue::integer),
      ('soon', (due_on between $3 and $3 + 7)::integer), ('chased', chased)) it (count, times)
    where own and open
),
of_answers (report, grouping, count, number) as (
  select report, grouping, count, 1 from answer, lateral (values
      ('by-result', coalesce(nullif(class, ''), '没有记录')), ('satisfaction', unit)
    ) each (report, grouping), lateral (values ('total'), (coalesce(rating, 'unrated'))) it (count)
  union all select 'by-category', category, it.count, 1
    from answer join received using (proposal), lateral (values ('answers'),
      ('class-' || coalesce(nullif(class, ''), 'unrecorded')), (coalesce(rating, 'unrated'))
    ) it (count)
  union all select 'by-category', category, 'answered', count(distinct proposal)
    from answer join received using (proposal) group by 2
  union all select 'satisfaction', unit, 'again', 1 from answer where again
  union all select 'feedback', case rating when 'satisfied' then '满意'
      when 'basically_satisfied' then '基本满意' else '不满意' end, count, 1
    from answer, lateral (values ('total'), (case when proxy then 'proxy' else 'own' end)) it (count)
    where rating is not null
  union all select 'publication',
      case when extract(year from replied_on) <> $2 then extract(year from replied_on) || ' 年'
        else '' end || '第' || (array['一', '二', '三', '四'])[extract(quarter from replied_on)::integer]
        || '季度', count, 1
    from answer, lateral (values ('total'), (coalesce(openness, 'unknown')),
      (case when published then 'published' end)) it (count) where count is not null
),
asked (report, grouping, count, number) as (
  select 'returns', unit, count, 1 from of_unit, lateral (values
      (case type when 'tian.assignment.return_requested.v1' then 1 else 0 end, 'requested'),
      (case type when 'tian.assignment.return_granted.v1' then 1 else 0 end, 'granted'),
      (case type when 'tian.assignment.return_declined.v1' then 1 else 0 end, 'declined')
    ) it (holds, count)
  where holds = 1 and proposal in (select proposal from received)
  union all select 'returns', unit, 'undecided',
      case type when 'tian.assignment.return_requested.v1' then 1 else -1 end
    from of_unit where type in ('tian.assignment.return_requested.v1',
      'tian.assignment.return_granted.v1', 'tian.assignment.return_declined.v1')
      and proposal in (select proposal from received)
),
promise as (
  select made.proposal, made.unit, made.data ->> 'commitment' as nth,
    (made.data ->> 'due_on')::date as promised_for,
    max((later.data ->> 'fulfilled_on')::date) as kept_on,
    coalesce(bool_or(later.type = 'tian.assignment.commitment_given_up.v1'), false) as given_up,
    coalesce(bool_or(later.type = 'tian.assignment.commitment_slipped.v1'), false) as put_off
  from since made
  left join since later on later.proposal = made.proposal and later.unit = made.unit
    and later.data ->> 'commitment' = made.data ->> 'commitment' and later.position > made.position
  where made.type = 'tian.assignment.commitment_made.v1'
  group by 1, 2, 3, 4
),
promised (report, grouping, count, number) as (
  select 'promises', unit, count, 1
  from promise join judged using (proposal, unit), lateral (values ('total'),
    (case when kept_on <= promised_for then 'kept_in_time' when kept_on is not null then 'kept_late'
      when given_up then 'given_up' else 'open' end),
    (case when put_off then 'put_off' end)) it (count)
  where own and not released and count is not null
)
select report, grouping, count, sum(number)::bigint as number
from (
  select * from of_proposals union all select * from of_parts union all select * from of_answers
  union all select * from asked union all select * from promised
) each
group by 1, 2, 3 having sum(number) <> 0
