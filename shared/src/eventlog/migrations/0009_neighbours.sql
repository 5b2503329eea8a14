-- What is appended at one time lies together. Both indexes began with the district, so that a
-- transaction for many districts put its entries into as many pages as there are districts; ids and
-- streams of one time resemble each other in all districts. What is unique stays the same.
alter table log.event
  drop constraint one_event_at_each_stream_version,
  drop constraint an_event_is_recorded_once;

alter table log.event
  add constraint one_event_at_each_stream_version unique (stream, district, version),
  add constraint an_event_is_recorded_once unique (event_id, district);
