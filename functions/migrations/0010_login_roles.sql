-- Up Migration
-- Two logins that are the runtime role in turn, so that a password can be changed while everybody goes on working: the new
-- one belongs to the login that nobody uses. The runtime role itself keeps the grants and policies and logs in no more.
do $$
begin
  if not exists (select from pg_roles where rolname = 'headhunter_runtime_a') then
    create role headhunter_runtime_a login nosuperuser nocreatedb nocreaterole inherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'headhunter_runtime_b') then
    create role headhunter_runtime_b nologin nosuperuser nocreatedb nocreaterole inherit nobypassrls;
  end if;
  -- Holds the right to set their passwords, for two functions. Nobody can become it.
  if not exists (select from pg_roles where rolname = 'headhunter_keeper') then
    create role headhunter_keeper nologin nosuperuser nocreatedb createrole noinherit nobypassrls;
  end if;
  -- May call these two functions, and see no data.
  if not exists (select from pg_roles where rolname = 'headhunter_rotator') then
    create role headhunter_rotator login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant headhunter_keeper to %I with set true, inherit true', current_user);
  end if;
end
$$;

alter role headhunter_runtime nologin;
grant headhunter_runtime to headhunter_runtime_a, headhunter_runtime_b with inherit true, set false;
grant headhunter_runtime_a, headhunter_runtime_b to headhunter_keeper with admin true, inherit false, set false;

-- Settings of a role do not pass to its members.
alter role headhunter_runtime_a set jit = off;
alter role headhunter_runtime_a set max_parallel_workers_per_gather = 0;
alter role headhunter_runtime_b set jit = off;
alter role headhunter_runtime_b set max_parallel_workers_per_gather = 0;

set local role headhunter_owner;
grant usage on schema headhunter to headhunter_rotator;
grant usage, create on schema headhunter to headhunter_keeper;

create function headhunter.require_login(login text) returns void
language plpgsql immutable set search_path = pg_catalog as $$
begin
  if login is null or login not in ('headhunter_runtime_a', 'headhunter_runtime_b') then
    raise exception 'not a login of the runtime role' using errcode = '42501';
  end if;
end
$$;

-- Lets a login in with the password behind this verifier, and with no other. A password itself is refused, since a
-- statement's parameters can end up in a log.
create function headhunter.admit_login(login text, verifier text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform headhunter.require_login(login);
  if verifier is null or verifier !~ '^SCRAM-SHA-256\$\d{4,6}:[A-Za-z0-9+/]{22,}=*\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' then
    raise exception 'not a SCRAM-SHA-256 verifier' using errcode = '22023';
  end if;
  execute format('alter role %I login password %L', login, verifier);
end
$$;

-- Lets a login in no more; sessions that it has go on.
create function headhunter.refuse_login(login text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform headhunter.require_login(login);
  execute format('alter role %I nologin password null', login);
end
$$;

revoke execute on function headhunter.require_login, headhunter.admit_login, headhunter.refuse_login from public;
grant execute on function headhunter.require_login to headhunter_keeper;
grant execute on function headhunter.admit_login, headhunter.refuse_login to headhunter_rotator;
reset role;
alter function headhunter.admit_login owner to headhunter_keeper;
alter function headhunter.refuse_login owner to headhunter_keeper;
set local role headhunter_owner;
revoke create on schema headhunter from headhunter_keeper;
reset role;

-- Down Migration
drop function headhunter.admit_login, headhunter.refuse_login, headhunter.require_login;
revoke usage on schema headhunter from headhunter_rotator, headhunter_keeper;
alter role headhunter_runtime login;
