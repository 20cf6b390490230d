-- Up Migration
-- Who owns, who serves, who maintains. The owner can never log in; the other two can never become it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'headhunter_owner') then
    create role headhunter_owner nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'headhunter_runtime') then
    create role headhunter_runtime login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'headhunter_operator') then
    create role headhunter_operator login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
  -- A migrator without superuser (Cloud SQL) has to be able to act as the owner.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant headhunter_owner to %I with set true, inherit true', current_user);
  end if;
end
$$;

-- Searches are short: compiling a plan or starting workers costs more than either saves.
alter role headhunter_runtime set jit = off;
alter role headhunter_runtime set max_parallel_workers_per_gather = 0;

create extension if not exists vector with schema public;

create schema headhunter authorization headhunter_owner;
grant usage on schema headhunter to headhunter_runtime, headhunter_operator;
revoke create on schema public from public;

-- Down Migration
drop schema headhunter cascade;
