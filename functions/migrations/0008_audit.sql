-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- Who did what to which people: one hash-chained entry for every transaction that changes them. The runtime role reads its
-- tenant's entries and has no other way to them than record_audit, which appends.
create table audit_entries (
  tenant_id     text collate "C" not null,
  seq           bigint not null,
  at_ms         bigint not null,
  body          text not null
    check (octet_length(body) <= 20000 and body::jsonb ?& array['actor', 'by', 'requestId', 'action', 'subjects', 'outcome']),
  previous_hash text not null,
  hash          text not null,
  primary key (tenant_id, seq)
) partition by list (tenant_id);
create index on audit_entries (tenant_id, at_ms desc, seq desc);
select isolate('audit_entries');
revoke insert, update, delete on audit_entries from headhunter_runtime;

-- Where each chain ends, and the transaction that wrote its last entry.
create table audit_heads (
  tenant_id text collate "C" primary key check (tenant_id ~ '^[A-Za-z0-9_-]{3,64}$'),
  seq       bigint not null,
  hash      text not null,
  xact      xid8 not null
);

-- Appends an entry to the bound tenant's chain. The head's lock is held until the transaction ends and so makes one line of
-- its writers; hence it is taken as late as can be.
create function record_audit(p_body text) returns table (entry_seq bigint, entry_hash text)
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
declare
  this_tenant constant text := bound_tenant();
  at_ms constant bigint := floor(extract(epoch from clock_timestamp()) * 1000);
  head record;
begin
  if this_tenant is null then
    raise exception 'the transaction is not bound to a tenant' using errcode = 'insufficient_privilege';
  end if;
  loop
    select h.seq, h.hash into head from audit_heads h where h.tenant_id = this_tenant for update;
    exit when found;
    insert into audit_heads values (this_tenant, 0, repeat('0', 64), pg_current_xact_id()) on conflict do nothing;
  end loop;
  entry_seq := head.seq + 1;
  entry_hash := encode(sha256(convert_to(head.hash || E'\n' || entry_seq || E'\n' || at_ms || E'\n' || p_body, 'UTF8')), 'hex');
  insert into audit_entries values (this_tenant, entry_seq, at_ms, p_body, head.hash, entry_hash);
  update audit_heads h set seq = entry_seq, hash = entry_hash, xact = pg_current_xact_id() where h.tenant_id = this_tenant;
  return next;
end
$$;

-- What makes an entry impossible to forget: a statement of the runtime role that touches people notes that its transaction
-- owes one, and at commit the debt is paid or the transaction fails. Nobody but the owner can write either table.
create unlogged table audit_debts (
  tenant_id text collate "C" not null,
  xact      xid8 not null,
  primary key (xact, tenant_id)
);

create function owe_audit() returns trigger
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
begin
  insert into audit_debts values (coalesce(bound_tenant(), ''), pg_current_xact_id()) on conflict do nothing;
  return null;
end
$$;

create function settle_audit() returns trigger
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
begin
  delete from audit_debts where xact = new.xact and tenant_id = new.tenant_id;
  if not exists (select from audit_heads h where h.tenant_id = new.tenant_id and h.xact = new.xact) then
    raise exception 'people were changed without an audit entry' using errcode = 'ZA001',
      hint = 'Write through TenantDatabase.change, or call headhunter.record_audit in the same transaction.';
  end if;
  return null;
end
$$;
create constraint trigger settled after insert on audit_debts deferrable initially deferred
  for each row execute function settle_audit();

-- For tables with people's data. Maintenance acts as the owner, and so do cascades, whose cause was noted already.
create function audit_changes(audited regclass) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format(
    $ddl$create trigger owes_audit before insert or update or delete on %s for each statement
      when (not pg_has_role('headhunter_owner', 'usage')) execute function headhunter.owe_audit()$ddl$, audited);
end
$$;
select audit_changes(people) from unnest(array['candidates', 'documents', 'search_documents', 'embeddings']::regclass[]) as people;

-- For whoever verifies: every tenant that has a chain or is said to have one, a chain's head, and its entries page by page.
create function audited_tenants() returns table (tenant_id text)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select h.tenant_id from audit_heads h union select e.tenant_id from audit_entries e order by 1
$$;

create function audit_head(p_tenant text) returns table (seq bigint, hash text)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select h.seq, h.hash from audit_heads h where h.tenant_id = p_tenant
$$;

create function audit_page(p_tenant text, p_after bigint, p_limit integer)
returns table (seq bigint, at_ms bigint, body text, previous_hash text, hash text)
language plpgsql security definer stable set search_path = headhunter, pg_catalog as $$
begin
  return query execute format('select e.seq, e.at_ms, e.body, e.previous_hash, e.hash from audit_entries e
    where e.tenant_id = %L and e.seq > $1 order by e.seq limit $2', p_tenant) using p_after, p_limit;
end
$$;

-- A tenant that is promoted takes its chain along.
create or replace function tenant_tables() returns table (parent text, key_columns text)
language sql immutable set search_path = pg_catalog as $$
  values ('embeddings', 'candidate_id, model_id, chunk_type'), ('search_documents', 'candidate_id'),
         ('documents', 'document_id'), ('candidates', 'candidate_id'), ('term_counts', 'term'), ('corpora', 'tenant_id'),
         ('audit_entries', 'seq')
$$;

revoke execute on function record_audit, owe_audit, settle_audit, audit_changes, audited_tenants, audit_head, audit_page from public;
grant execute on function record_audit to headhunter_runtime;
grant execute on function audited_tenants, audit_head, audit_page to headhunter_operator;

reset role;

-- Down Migration
create or replace function headhunter.tenant_tables() returns table (parent text, key_columns text)
language sql immutable set search_path = pg_catalog as $$
  values ('embeddings', 'candidate_id, model_id, chunk_type'), ('search_documents', 'candidate_id'),
         ('documents', 'document_id'), ('candidates', 'candidate_id'), ('term_counts', 'term'), ('corpora', 'tenant_id')
$$;
drop trigger owes_audit on headhunter.candidates;
drop trigger owes_audit on headhunter.documents;
drop trigger owes_audit on headhunter.search_documents;
drop trigger owes_audit on headhunter.embeddings;
drop table headhunter.audit_entries, headhunter.audit_heads, headhunter.audit_debts;
drop function headhunter.record_audit, headhunter.owe_audit, headhunter.settle_audit, headhunter.audit_changes, headhunter.audited_tenants,
  headhunter.audit_head, headhunter.audit_page;
