-- A mail goes to several addresses, and its server answers for each. A row is kept of every address of a
-- message that did not go out to all of them at once; of any other, the message says it all.
--
-- An address is personal and stays in the channels file: the row holds it masked, and a mark by which
-- the addresses of one message are told apart.

-- Question: who has this message, to whom is it still to go, and who refused it?
create table sending.delivery (
  district text not null,
  message_id uuid not null,
  mark text not null,
  shown text not null,
  outcome text not null,
  answer text not null,
  answered_at timestamptz not null,
  primary key (district, message_id, mark)
);
