-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- Shared reference data: every model that ever made a vector here. A query meets only vectors of its own model.
create table embedding_models (
  model_id   smallint primary key generated always as identity,
  provider   text not null,
  model      text not null,
  dimensions smallint not null check (dimensions between 8 and 4000),
  unique (provider, model, dimensions),
  unique (model_id, dimensions)
);
grant select on embedding_models to headhunter_runtime, headhunter_operator;

create function register_model(p_provider text, p_model text, p_dimensions integer) returns smallint
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
declare
  found_id smallint;
begin
  select model_id into found_id from embedding_models
    where provider = p_provider and model = p_model and dimensions = p_dimensions;
  if found_id is null then
    insert into embedding_models (provider, model, dimensions) values (p_provider, p_model, p_dimensions)
      on conflict (provider, model, dimensions) do nothing;
    select model_id into found_id from embedding_models
      where provider = p_provider and model = p_model and dimensions = p_dimensions;
  end if;
  return found_id;
end
$$;
revoke execute on function register_model from public;
grant execute on function register_model to headhunter_runtime, headhunter_operator;

-- The column fixes no dimension: models stand side by side, each with its own expression index once a tenant is promoted.
create table embeddings (
  tenant_id    text collate "C" not null,
  candidate_id text collate "C" not null,
  model_id     smallint not null,
  dimensions   smallint not null,
  chunk_type   text collate "C" not null,
  embedding    halfvec not null check (vector_dims(embedding) = dimensions),
  content_hash text not null,
  metadata     jsonb not null default '{}',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (tenant_id, model_id, candidate_id, chunk_type),
  foreign key (tenant_id, candidate_id) references candidates on delete cascade,
  foreign key (model_id, dimensions) references embedding_models (model_id, dimensions)
) partition by list (tenant_id);
create index on embeddings (tenant_id, candidate_id);
select isolate('embeddings');

reset role;

-- Down Migration
drop table headhunter.embeddings, headhunter.embedding_models;
drop function headhunter.register_model;
