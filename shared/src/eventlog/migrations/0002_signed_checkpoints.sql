-- What the log has said of itself: one row for each signed checkpoint, never changed. `follows` is
-- the size of the one before, so that they form one chain whoever signs. `leaves` are the leaf
-- hashes that came since; the signed root vouches for them, so an
-- auditor who finds another root can say at which position it begins to differ.
create table log.signed_checkpoint (
  district text not null,
  size bigint not null,
  follows bigint not null,
  root bytea not null,
  leaves bytea not null,
  note text not null,
  issued_at timestamptz not null default clock_timestamp(),
  constraint one_checkpoint_of_each_size primary key (district, size),
  constraint one_checkpoint_follows_another unique (district, follows),
  constraint a_checkpoint_has_all_leaves_since check (
    size > follows and length(root) = 32 and length(leaves) = 32 * (size - follows))
);

create trigger the_log_is_append_only before update or delete or truncate on log.signed_checkpoint
  for each statement execute function log.refuse_change();
