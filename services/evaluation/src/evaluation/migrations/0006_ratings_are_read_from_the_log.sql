-- Which rating a ledger tells of is read from the log: this table is filled at its own pace, so that an
-- answer could be met before the rating that belongs to it, and the rating was lost.

drop table evaluation.reported_rating;
