-- A log may be signed as two trees, of SHA-256 and of SM3, each with its own chain of checkpoints.
-- The leaf hashes of the second are kept with its checkpoints and nowhere else.
alter table log.signed_checkpoint
  add column hashing text not null default 'sha256',
  add constraint a_tree_is_of_a_known_hash check (hashing in ('sha256', 'sm3')),
  drop constraint one_checkpoint_of_each_size,
  drop constraint one_checkpoint_follows_another;

alter table log.signed_checkpoint
  add constraint one_checkpoint_of_each_size primary key (district, hashing, size),
  add constraint one_checkpoint_follows_another unique (district, hashing, follows);

-- Who else has seen a checkpoint and signed that it follows from what they saw before.
create table log.cosignature (
  district text not null,
  hashing text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  received_at timestamptz not null default clock_timestamp(),
  constraint a_witness_signs_a_checkpoint_once primary key (district, hashing, size, witness)
);

create trigger the_log_is_append_only before update or delete or truncate on log.cosignature
  for each statement execute function log.refuse_change();
