-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What each tenant spends on hosted models, by calendar month (UTC), in millionths of a US dollar. Money is held before it is
-- spent: held_micros is what reservations that are not settled hold, spent_micros what was spent for certain.
create table budget_months (
  tenant_id    text collate "C" not null,
  month        date not null check (extract(day from month) = 1),
  held_micros  bigint not null default 0 check (held_micros >= 0),
  spent_micros bigint not null default 0 check (spent_micros >= 0),
  primary key (tenant_id, month)
) partition by list (tenant_id);
select isolate('budget_months');

-- Each call's money. What is not settled by its deadline counts as spent in full until its caller says otherwise. Rows of
-- months that are over go after their time; so a tenant that is promoted leaves these two tables where they are.
create table budget_reservations (
  tenant_id      text collate "C" not null,
  reservation_id uuid not null,
  month          date not null,
  micros         bigint not null check (micros >= 0),
  deadline       timestamptz not null,
  state          text not null default 'held' check (state in ('held', 'settled', 'lapsed')),
  -- What was spent: nothing is known while it is held, all of it when it lapsed.
  spent_micros   bigint check (spent_micros >= 0 and (spent_micros is null) = (state = 'held')),
  primary key (tenant_id, reservation_id)
) partition by list (tenant_id);
create index on budget_reservations (tenant_id, state, deadline);
select isolate('budget_reservations');

-- Holds so much of the month's money, or says why not: `exhausted` when held and spent would come to more than the cap,
-- `reused` when the id stands for something else or its call is over. Holding the same again changes nothing. The lock on the
-- month's row makes one line of a tenant's reservations, so that no two of them count on the same money; every month with money
-- held is locked, the oldest first, since some of it may lapse.
-- Also lets lapse what has passed its deadline, and clears away what is long over.
create function reserve_budget(p_tenant text, p_id uuid, p_micros bigint, p_cap bigint, p_seconds integer, p_now timestamptz)
returns table (verdict text, left_micros bigint)
language plpgsql set search_path = headhunter, pg_catalog as $$
declare
  this_month constant date := date_trunc('month', p_now at time zone 'UTC')::date;
  total record;
  known record;
begin
  insert into budget_months (tenant_id, month) values (p_tenant, this_month) on conflict do nothing;
  perform from budget_months m where m.tenant_id = p_tenant and (m.month = this_month or m.held_micros > 0)
    order by m.month for update;
  perform lapse_budget(p_tenant, p_now);
  select m.held_micros, m.spent_micros into total from budget_months m where m.tenant_id = p_tenant and m.month = this_month;
  left_micros := greatest(0, p_cap - total.held_micros - total.spent_micros);
  select r.micros, r.state into known from budget_reservations r where r.tenant_id = p_tenant and r.reservation_id = p_id;
  if found then
    verdict := case when known.state = 'held' and known.micros = p_micros then 'held' else 'reused' end;
  elsif p_micros > left_micros then
    verdict := 'exhausted';
  else
    insert into budget_reservations (tenant_id, reservation_id, month, micros, deadline)
      values (p_tenant, p_id, this_month, p_micros, p_now + make_interval(secs => p_seconds));
    update budget_months m set held_micros = m.held_micros + p_micros where m.tenant_id = p_tenant and m.month = this_month;
    verdict := 'held';
    left_micros := left_micros - p_micros;
  end if;
  return next;
end
$$;

-- At most so many at a time: whoever reserves next goes on.
create function lapse_budget(p_tenant text, p_now timestamptz) returns void
language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  with late as materialized (
    select r.reservation_id from budget_reservations r
    where r.tenant_id = p_tenant and r.state = 'held' and r.deadline <= p_now order by r.deadline limit 100 for update skip locked),
  lapsed as (
    update budget_reservations r set state = 'lapsed', spent_micros = r.micros from late
    where r.tenant_id = p_tenant and r.reservation_id = late.reservation_id returning r.month, r.micros),
  sums as (select l.month, sum(l.micros)::bigint as micros from lapsed l group by l.month)
  update budget_months m set held_micros = m.held_micros - s.micros, spent_micros = m.spent_micros + s.micros
    from sums s where m.tenant_id = p_tenant and m.month = s.month;
  with over as materialized (
    select r.reservation_id from budget_reservations r
    where r.tenant_id = p_tenant and r.state in ('settled', 'lapsed') and r.deadline <= p_now - interval '40 days'
    limit 100 for update skip locked)
  delete from budget_reservations r using over where r.tenant_id = p_tenant and r.reservation_id = over.reservation_id;
end
$$;

-- Says what was really spent, in place of what was held or taken for spent. Once: later words are not heard. False when there
-- is no such reservation or it was settled before.
create function settle_budget(p_tenant text, p_id uuid, p_micros bigint) returns table (settled boolean, held_micros bigint)
language plpgsql set search_path = headhunter, pg_catalog as $$
declare
  known record;
begin
  -- Month first, as in reserve_budget, so that the two never wait for each other.
  perform from budget_months m where m.tenant_id = p_tenant
    and m.month = (select r.month from budget_reservations r where r.tenant_id = p_tenant and r.reservation_id = p_id) for update;
  select r.month, r.micros, r.state into known from budget_reservations r
    where r.tenant_id = p_tenant and r.reservation_id = p_id and r.state in ('held', 'lapsed') for update;
  if not found then
    return query select false, null::bigint;
    return;
  end if;
  update budget_reservations r set state = 'settled', spent_micros = p_micros
    where r.tenant_id = p_tenant and r.reservation_id = p_id;
  update budget_months m set
      held_micros = m.held_micros - case known.state when 'held' then known.micros else 0 end,
      spent_micros = m.spent_micros + p_micros - case known.state when 'lapsed' then known.micros else 0 end
    where m.tenant_id = p_tenant and m.month = known.month;
  return query select true, known.micros;
end
$$;

revoke execute on function reserve_budget, lapse_budget, settle_budget from public;
grant execute on function reserve_budget, lapse_budget, settle_budget to headhunter_runtime;

reset role;

-- Down Migration
drop function headhunter.reserve_budget, headhunter.lapse_budget, headhunter.settle_budget;
drop table headhunter.budget_reservations, headhunter.budget_months;
