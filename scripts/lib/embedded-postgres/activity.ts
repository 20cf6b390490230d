import type { Session } from './session.ts';

// The view keeps its columns; those that only a real server knows are null.
const prepare = `
  create schema if not exists embedded;
  create table if not exists embedded.sessions (pid int primary key, usename name, application_name text, backend_start timestamptz);
  truncate embedded.sessions;
  do $$
  declare columns text;
  begin
    select string_agg(case
      when attname in ('pid', 'usename', 'application_name', 'backend_start') then 's.' || attname
      when attname = 'datname' then 'current_database() as datname'
      when attname = 'usesysid' then 'r.oid as usesysid'
      when attname = 'state' then '''idle'' as state'
      when attname = 'backend_type' then '''client backend'' as backend_type'
      else format('null::%s as %I', format_type(atttypid, atttypmod), attname) end, ', ' order by attnum)
    into columns from pg_attribute where attrelid = 'pg_catalog.pg_stat_activity'::regclass and attnum > 0;
    execute 'create or replace view pg_catalog.pg_stat_activity as select ' || columns
      || ' from embedded.sessions s left join pg_catalog.pg_authid r on r.rolname = s.usename';
  end $$`;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Makes `pg_stat_activity` tell of the connections to this server, where the one backend would tell of itself. */
export const prepareActivity = (session: Session) => session.privately(prepare);

export const noteConnection = (session: Session, pid: number, user: string, application: string) =>
  session.privately(
    `insert into embedded.sessions values (${pid}, ${literal(user)}, ${literal(application)}, now()) on conflict do nothing`,
  );

export const noteEnd = (session: Session, pid: number) =>
  session.privately(`delete from embedded.sessions where pid = ${pid}`);
