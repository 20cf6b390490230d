-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What became of each write that was asked for under an Idempotency-Key. key_id, request_mac and the seal of reply are all made
-- with the client's key, which is kept nowhere: who reads this table learns who wrote through which endpoint, and no more.
-- Rows live a day and are found by their key, so a tenant that is promoted leaves them where they are.
create table idempotency_keys (
  tenant_id   text collate "C" not null,
  actor       text collate "C" not null,
  key_id      bytea not null,
  endpoint    text not null,
  request_mac bytea not null,
  lease       uuid,
  lease_until timestamptz,
  effected_at timestamptz,
  code        text,
  reply       bytea,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, actor, key_id),
  check ((lease is null) = (lease_until is null)),
  check ((code is null) = (reply is null)),
  check (lease is null or reply is null)
) partition by list (tenant_id);
create index on idempotency_keys (tenant_id, expires_at);
select isolate('idempotency_keys');

-- Gives the key to the caller, who then holds it for so many seconds, or says why not: `replay` with what was answered,
-- `reused` for another request, `in_progress` while somebody holds it, `lost` when what it did is not known to have been told.
-- A lease that ran out without an effect is as good as none; `gone_lease` then names it, for stores that note effects themselves.
-- Also clears away some of the tenant's rows that have expired.
create function claim_idempotency(p_tenant text, p_actor text, p_key bytea, p_endpoint text, p_request bytea, p_lease uuid,
  p_lease_seconds integer, p_keep_seconds integer)
returns table (verdict text, wait_seconds integer, reply bytea, gone_lease uuid)
language plpgsql set search_path = headhunter, pg_catalog as $$
declare
  this_moment timestamptz;
  known record;
begin
  with gone as materialized (
    select e.actor, e.key_id from idempotency_keys e where e.tenant_id = p_tenant and e.expires_at <= clock_timestamp()
      limit 100 for update skip locked)
  delete from idempotency_keys k using gone
    where k.tenant_id = p_tenant and k.actor = gone.actor and k.key_id = gone.key_id;
  this_moment := clock_timestamp();
  insert into idempotency_keys as k (tenant_id, actor, key_id, endpoint, request_mac, lease, lease_until, created_at, expires_at)
    values (p_tenant, p_actor, p_key, p_endpoint, p_request, p_lease, this_moment + make_interval(secs => p_lease_seconds),
      this_moment, this_moment + make_interval(secs => p_keep_seconds))
    on conflict (tenant_id, actor, key_id) do update set endpoint = excluded.endpoint, request_mac = excluded.request_mac,
      lease = excluded.lease, lease_until = excluded.lease_until, effected_at = null, code = null, reply = null,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    where k.expires_at <= clock_timestamp() or (k.request_mac = excluded.request_mac and k.reply is null
      and k.effected_at is null and coalesce(k.lease_until <= clock_timestamp(), true))
    returning case when old.expires_at > this_moment then old.lease end into gone_lease;
  if found then
    return query select 'claimed', null::integer, null::bytea, gone_lease;
    return;
  end if;
  select * into known from idempotency_keys k where k.tenant_id = p_tenant and k.actor = p_actor and k.key_id = p_key;
  return query select
    case when known.request_mac <> p_request then 'reused'
         when known.reply is not null then 'replay'
         -- No row any more: whoever held it let go of it between our two looks.
         when known.request_mac is null or known.lease_until > clock_timestamp() then 'in_progress'
         else 'lost' end,
    greatest(1, ceil(extract(epoch from known.lease_until - clock_timestamp())))::integer,
    case when known.request_mac = p_request then known.reply end, null::uuid;
end
$$;

-- Said by a change in its own transaction: from its commit on the work is never done again under this key. False when the
-- caller does not hold the key any more; then the change must not be.
create function mark_effect(p_actor text, p_key bytea, p_lease uuid) returns boolean
language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  update idempotency_keys k set effected_at = clock_timestamp()
    where k.tenant_id = bound_tenant() and k.actor = p_actor and k.key_id = p_key and k.lease = p_lease;
  return found;
end
$$;

-- Keeps what was answered, for whoever asks the same again.
create function keep_reply(p_tenant text, p_actor text, p_key bytea, p_lease uuid, p_code text, p_reply bytea, p_keep_seconds integer)
returns table (kept boolean)
language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  update idempotency_keys k set lease = null, lease_until = null, code = p_code, reply = p_reply,
      expires_at = clock_timestamp() + make_interval(secs => p_keep_seconds)
    where k.tenant_id = p_tenant and k.actor = p_actor and k.key_id = p_key and k.lease = p_lease;
  return query select found;
end
$$;

-- Lets go of a key whose work failed: it may be done under this key again, unless some of it took effect, here or elsewhere.
create function release_key(p_tenant text, p_actor text, p_key bytea, p_lease uuid, p_effected boolean)
returns table (released boolean)
language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  delete from idempotency_keys k
    where k.tenant_id = p_tenant and k.actor = p_actor and k.key_id = p_key and k.lease = p_lease and k.effected_at is null
      and not p_effected;
  if found then
    return query select true;
    return;
  end if;
  update idempotency_keys k set lease = null, lease_until = null, effected_at = coalesce(k.effected_at, clock_timestamp())
    where k.tenant_id = p_tenant and k.actor = p_actor and k.key_id = p_key and k.lease = p_lease;
  return query select false;
end
$$;

revoke execute on function claim_idempotency, mark_effect, keep_reply, release_key from public;
grant execute on function claim_idempotency, mark_effect, keep_reply, release_key to headhunter_runtime;

reset role;

-- Down Migration
drop function headhunter.claim_idempotency, headhunter.mark_effect, headhunter.keep_reply, headhunter.release_key;
drop table headhunter.idempotency_keys;
