-- outdated_overviews --
-- Districts whose figures in brief are not those of their present rows, the longest outdated first.
-- Each change of rows, by a follower or by a rebuild, writes the checkpoint anew and changes its xmin.
select c.district
from log.checkpoint c
left join evaluation.district_overview o on o.district = c.district
where c.follower = $1 and c.position > 0
  and o.version is distinct from c.xmin::text || '/' || $2
  and ($3::text[] is null or c.district = any ($3))
order by coalesce(o.position - c.position, -c.position), c.district;

-- take_overview --
-- Figures in brief of this position are about to be written; no row if newer ones are there.
insert into evaluation.district_overview as o (district, position, version)
values ($1, $2, $3)
on conflict (district) do update set position = excluded.position, version = excluded.version
where o.position <= excluded.position
returning position;

-- drop_year_overviews --
-- Make room for the years of a district that are about to be written.
delete from evaluation.year_overview where district = $1;

-- put_year_overviews --
-- Write the years of a district.
insert into evaluation.year_overview
select r.* from json_populate_recordset(null::evaluation.year_overview, $1::json) r;

-- overviews_of_year --
-- A year of many districts, each with the position that it is of and the events since.
select h.district, o.position, y.district is not null as has_cases, y.total, y.satisfied, y.rates,
  y.rulebook_id, y.rulebook_version, y.rulebook_title, y.rulebook_title_en, y.score, y.pending,
  h.position - case when o.version = c.xmin::text || '/' || $2 then c.position
    else coalesce(o.position, 0) end as behind
from log.head h
left join log.checkpoint c on c.follower = $1 and c.district = h.district
left join evaluation.district_overview o on o.district = h.district
left join evaluation.year_overview y on y.district = h.district and y.year = $3
where $4::text[] is null or h.district = any ($4)
order by h.district;

-- overviews_of_district --
-- All years of a district, with the position that they are of and the events since.
select y.year, o.position, y.total, y.satisfied, y.rates,
  y.rulebook_id, y.rulebook_version, y.rulebook_title, y.rulebook_title_en, y.score, y.pending,
  h.position - case when o.version = c.xmin::text || '/' || $2 then c.position
    else coalesce(o.position, 0) end as behind
from log.head h
left join log.checkpoint c on c.follower = $1 and c.district = h.district
join evaluation.district_overview o on o.district = h.district
join evaluation.year_overview y on y.district = h.district
where h.district = $3
order by y.year;
