-- What tokens for other services hold. Those of the settings file are brought up to date at each start.
create table jwt_templates (
  id text primary key,
  name text not null constraint jwt_templates_name_key unique,
  -- Not jsonb: claims stay in the order in which they were written.
  claims json not null,
  -- Seconds.
  lifetime integer not null,
  allowed_clock_skew integer not null,
  signing_algorithm text not null,
  -- A secret or a private key of the template's own; null where the instance's key signs.
  signing_key text,
  -- Who decides on it: backend_api, settings, or session_token for the settings' claims of the session token.
  origin text not null,
  created_at bigint not null,
  updated_at bigint not null
);
