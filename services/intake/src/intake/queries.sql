-- years --
-- The years in which districts have proposals.
select district, year, proposals from intake.district_year order by district, year;
