-- years --
-- The years in which districts have proposals.
select district, year, proposals from intake.district_year order by district, year;

-- keep_paper --
-- Keep the content of an attached file under its hash; the same content is kept once.
insert into papers.content (district, sha256, content) values ($1, $2, $3) on conflict do nothing;

-- paper --
-- The content of an attached file.
select content from papers.content where district = $1 and sha256 = $2;

-- look_alikes --
-- Proposals whose titles share most pairs of characters with these, the likest first.
-- The share is that of the pairs of both titles that stand in both (Jaccard).
select proposal_id, year, number, title, state, proposers, likeness
from (
  select p.*,
    cardinality(array(select unnest(p.pairs) intersect select unnest($2::text[])))::float8
      / nullif(cardinality(array(select unnest(p.pairs) union select unnest($2::text[]))), 0) as likeness
  from intake.proposal p
  where p.district = $1 and p.pairs && $2::text[] and p.proposal_id <> $3
    and p.state not in ('draft', 'cosigning', 'discarded')
) as found
where likeness >= 0.2
order by likeness desc, year desc, proposal_id
limit 8;
