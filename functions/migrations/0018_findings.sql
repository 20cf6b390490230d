-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What a file hid from whoever looks at it: where, why and how much, and the beginning of it for people to read. What of the
-- visible text speaks to a machine, and which detector found it; null when none has looked.
alter table documents
  add column hidden jsonb not null default '[]',
  add column hidden_text text not null default '',
  add column findings jsonb;

reset role;

-- Down Migration
alter table headhunter.documents drop column findings, drop column hidden_text, drop column hidden;
