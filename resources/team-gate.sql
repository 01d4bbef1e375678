-- Traffic Desk: one gate for all desks of an operator, on PostgreSQL 14 or later.
--
-- An administrator (a superuser, or the database's owner with CREATEROLE) runs this file in a database of its own, with
-- psql or with the program's own set-up; running it again changes nothing but what is new. Then each carrier is allowed
-- by its name:  SELECT td.allow_carrier('https://carrier.example.jp', 3000, 300);
--
-- Desks may call the functions of td_v1 and nothing else: they read no table and change none. All rules stand here, so
-- every version of the program obeys the same ones, and a desk that dies leaves no lock behind. Nothing here is a number
-- of a customer, an answer of the carrier, or a key: `key` is a 32-bit fingerprint of one.
--
-- Times travel as milliseconds from now, never as times, and only this server's clock counts.

BEGIN;

-- Two administrators at once would both find nothing there.
SELECT pg_catalog.pg_advisory_xact_lock(724381066);

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'td_owner') THEN
    CREATE ROLE td_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'td_desk') THEN
    CREATE ROLE td_desk NOLOGIN;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    EXECUTE pg_catalog.format('GRANT td_owner TO %I', current_user);
  END IF;

  EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO td_desk', pg_catalog.current_database());
  EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO td_owner', pg_catalog.current_database());
  -- A desk that hangs in the middle of a call must not hold the gate's row for long. Settings of the group would not reach
  -- its members, and a pooler refuses them at the start of a connection.
  EXECUTE pg_catalog.format('ALTER DATABASE %I SET statement_timeout = ''2s''', pg_catalog.current_database());
  EXECUTE pg_catalog.format('ALTER DATABASE %I SET lock_timeout = ''1s''', pg_catalog.current_database());
  EXECUTE pg_catalog.format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = ''5s''', pg_catalog.current_database());
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS td AUTHORIZATION td_owner;
CREATE SCHEMA IF NOT EXISTS td_v1 AUTHORIZATION td_owner;

SET LOCAL ROLE td_owner;

-- What the administrator decides for a carrier.
CREATE TABLE IF NOT EXISTS td.rule (
  origin text PRIMARY KEY,
  cooldown_ms integer NOT NULL,
  -- Lookups, and sign-ins, of the whole team in a rolling hour.
  budget integer NOT NULL CHECK (budget BETWEEN 1 AND 1200),
  sign_ins integer NOT NULL DEFAULT 60 CHECK (sign_ins BETWEEN 1 AND 1200),
  lease_ms integer NOT NULL DEFAULT 4000,
  -- A desk in line that is not heard of for so long is passed over.
  stale_ms integer NOT NULL DEFAULT 3000,
  poll_ms integer NOT NULL DEFAULT 1000,
  -- No query takes longer.
  max_hold_ms integer NOT NULL DEFAULT 65000,
  -- After a restart, a failover or a silence nobody knows what is still under way at the carrier: the gate waits so long.
  settle_ms integer NOT NULL DEFAULT 4000,
  silence_ms integer NOT NULL DEFAULT 4000,
  -- What desks do that can't reach this server: take slots in turn, or stop.
  away text NOT NULL DEFAULT 'slots' CHECK (away IN ('slots', 'stop')),
  away_slots integer NOT NULL DEFAULT 16 CHECK (away_slots BETWEEN 1 AND 200)
);

-- One row a carrier: its state, and the only lock.
CREATE TABLE IF NOT EXISTS td.gate (
  origin text PRIMARY KEY REFERENCES td.rule ON DELETE CASCADE,
  turn uuid,
  ask uuid,
  desk uuid,
  -- When the turn's query that runs now began, and when it ended, if another one is to follow in the same turn.
  query_no integer NOT NULL DEFAULT 1,
  query_at timestamptz,
  query_ended boolean NOT NULL DEFAULT false,
  expires_at timestamptz,
  last_end timestamptz,
  -- The carrier asked everybody to wait (429).
  limited_until timestamptz,
  limited_by uuid,
  engine text,
  settle_until timestamptz,
  called_at timestamptz
) WITH (fillfactor = 50);

-- Keys that the carrier refused, by fingerprint. A 429 met with another key must not make this be forgotten.
CREATE TABLE IF NOT EXISTS td.refusal (
  origin text NOT NULL REFERENCES td.rule ON DELETE CASCADE,
  key integer NOT NULL,
  reason text NOT NULL CHECK (reason IN ('key-rejected', 'sign-in-refused')),
  at timestamptz NOT NULL,
  met_by uuid,
  -- The desk that may try the key once more.
  trial_desk uuid,
  PRIMARY KEY (origin, key)
);

CREATE SEQUENCE IF NOT EXISTS td.place_no;

CREATE TABLE IF NOT EXISTS td.place (
  origin text NOT NULL REFERENCES td.rule ON DELETE CASCADE,
  desk uuid NOT NULL,
  no bigint NOT NULL,
  ask uuid NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (origin, desk)
) WITH (fillfactor = 50);

-- Queries of desks that asked alone and are still running.
CREATE TABLE IF NOT EXISTS td.guest (
  origin text NOT NULL REFERENCES td.rule ON DELETE CASCADE,
  desk uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (origin, desk)
);

CREATE TABLE IF NOT EXISTS td.query (
  origin text NOT NULL REFERENCES td.rule ON DELETE CASCADE,
  turn uuid NOT NULL,
  no integer NOT NULL DEFAULT 1,
  kind text NOT NULL DEFAULT 'lookup' CHECK (kind IN ('lookup', 'sign-in')),
  desk uuid NOT NULL,
  login text NOT NULL DEFAULT session_user,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text,
  PRIMARY KEY (origin, turn, no)
);
CREATE INDEX IF NOT EXISTS query_started ON td.query (origin, kind, started_at);

CREATE TABLE IF NOT EXISTS td.desk (
  origin text NOT NULL REFERENCES td.rule ON DELETE CASCADE,
  desk uuid NOT NULL,
  login text NOT NULL DEFAULT session_user,
  name text NOT NULL,
  version text NOT NULL,
  slot integer NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (origin, desk),
  UNIQUE (origin, slot)
);

CREATE TABLE IF NOT EXISTS td.installed (version integer PRIMARY KEY, at timestamptz NOT NULL);
INSERT INTO td.installed VALUES (1, pg_catalog.clock_timestamp()) ON CONFLICT DO NOTHING;

-- The server's clock. Tests put another in its place.
CREATE OR REPLACE FUNCTION td.now() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_catalog.clock_timestamp() $$;

-- Changes with each start of the server and with each promotion of a standby.
CREATE OR REPLACE FUNCTION td.engine() RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_catalog.concat(
    extract(epoch FROM pg_catalog.pg_postmaster_start_time()), ' ',
    pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))
$$;

CREATE OR REPLACE FUNCTION td.later(at timestamptz, ms bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT at + ms * interval '1 millisecond' $$;

-- Whole milliseconds until then, rounded up, so that nobody comes too early; 0 where it is past.
CREATE OR REPLACE FUNCTION td.ms_until(at timestamptz, now timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT greatest(0, pg_catalog.ceil(extract(epoch FROM at - now) * 1000))::bigint $$;

-- The same, with no turn.
CREATE OR REPLACE FUNCTION td.without_turn(g td.gate) RETURNS td.gate
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  g.turn := NULL; g.ask := NULL; g.desk := NULL; g.query_at := NULL; g.query_ended := false; g.expires_at := NULL;
  RETURN g;
END
$$;

-- The first act of every function: takes the lock, *then* reads the clock, and ends what is over by itself.
CREATE OR REPLACE FUNCTION td.enter(p_origin text, OUT g td.gate, OUT r td.rule, OUT now timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  before td.gate;
  engine text := td.engine();
  heard timestamptz;
BEGIN
  -- A poll may be lost in a crash: the gate settles after one. What must not be lost is written with `td.durable`.
  PERFORM pg_catalog.set_config('synchronous_commit', 'off', true);
  SELECT * INTO before FROM td.gate WHERE origin = p_origin FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such carrier' USING ERRCODE = 'TD001';
  END IF;
  SELECT * INTO r FROM td.rule WHERE origin = p_origin;
  now := td.now();
  g := before;

  -- A clock that was set back lengthens nothing beyond its own length. LEAST passes over NULL, which stays NULL this way.
  IF g.last_end > now THEN g.last_end := now; END IF;
  IF g.query_at > now THEN g.query_at := now; END IF;
  IF g.expires_at > td.later(now, r.lease_ms) THEN g.expires_at := td.later(now, r.lease_ms); END IF;
  IF g.settle_until > td.later(now, r.settle_ms) THEN g.settle_until := td.later(now, r.settle_ms); END IF;
  IF g.limited_until > td.later(now, 600000) THEN g.limited_until := td.later(now, 600000); END IF;
  IF g.called_at > now THEN
    g.called_at := now;
    UPDATE td.place SET seen_at = now WHERE origin = p_origin AND seen_at > now;
    UPDATE td.desk SET seen_at = now WHERE origin = p_origin AND seen_at > now;
    UPDATE td.query SET started_at = now, ended_at = least(ended_at, now) WHERE origin = p_origin AND started_at > now;
  END IF;

  IF g.turn IS NOT NULL AND g.expires_at <= now THEN
    PERFORM td.durable();
    IF NOT g.query_ended THEN
      UPDATE td.query SET ended_at = g.expires_at, outcome = 'lost'
        WHERE origin = p_origin AND turn = g.turn AND no = g.query_no;
      -- Its desk may have asked until the last moment of its lease.
      g.last_end := greatest(g.last_end, g.expires_at);
    END IF;
    g := td.without_turn(g);
  END IF;

  -- A lone query whose desk fell silent ended at the latest when it was believed to.
  UPDATE td.guest SET expires_at = td.later(now, r.lease_ms)
    WHERE origin = p_origin AND expires_at > td.later(now, r.lease_ms);
  SELECT pg_catalog.max(expires_at) INTO heard FROM td.guest WHERE origin = p_origin AND expires_at <= now;
  IF heard IS NOT NULL THEN
    PERFORM td.durable();
    g.last_end := greatest(g.last_end, heard);
    DELETE FROM td.guest WHERE origin = p_origin AND expires_at <= now;
  END IF;

  IF g.engine IS DISTINCT FROM engine
    OR g.called_at IS NULL OR td.later(g.called_at, r.silence_ms) <= now THEN
    g.engine := engine;
    g.settle_until := td.later(now, r.settle_ms);
  END IF;
  -- At each poll it would be a dead row a second and desk.
  IF g IS DISTINCT FROM before OR td.later(g.called_at, 1000) <= now THEN
    g.called_at := now;
    PERFORM td.put(g);
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION td.put(g td.gate) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE td.gate SET
    turn = g.turn, ask = g.ask, desk = g.desk, query_no = g.query_no, query_at = g.query_at, query_ended = g.query_ended,
    expires_at = g.expires_at, last_end = g.last_end, limited_until = g.limited_until, limited_by = g.limited_by,
    engine = g.engine, settle_until = g.settle_until, called_at = g.called_at
  WHERE origin = g.origin
$$;

-- Until when a turn is its desk's: a lease from now, but no longer than any query can take.
CREATE OR REPLACE FUNCTION td.leased(g td.gate, r td.rule, now timestamptz) RETURNS timestamptz
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN g.query_ended THEN td.later(now, r.lease_ms)
    ELSE least(td.later(now, r.lease_ms), td.later(g.query_at, r.max_hold_ms)) END
$$;

-- What this transaction writes is on the disk before its answer is given. A function's own SET would end before the commit.
CREATE OR REPLACE FUNCTION td.durable() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_catalog.set_config('synchronous_commit', 'on', true) $$;

-- Milliseconds until one more query of a kind would keep to the hour's budget; NULL where it does so now.
CREATE OR REPLACE FUNCTION td.spent(r td.rule, now timestamptz, p_kind text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  most integer := CASE p_kind WHEN 'lookup' THEN r.budget ELSE r.sign_ins END;
  oldest timestamptz;
BEGIN
  SELECT started_at INTO oldest FROM td.query
    WHERE origin = r.origin AND kind = p_kind AND started_at > now - interval '1 hour'
    ORDER BY started_at DESC OFFSET most - 1 LIMIT 1;
  IF oldest IS NULL THEN RETURN NULL; END IF;
  -- A query that a clock dates ahead counts as one of now.
  RETURN greatest(1, td.ms_until(least(oldest, now) + interval '1 hour', now));
END
$$;

-- Why a desk may not even stand in line; NULL where it may.
CREATE OR REPLACE FUNCTION td.closed(g td.gate, now timestamptz, p_desk uuid, p_key integer) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  refused td.refusal;
BEGIN
  SELECT * INTO refused FROM td.refusal WHERE origin = g.origin AND key = p_key;
  IF FOUND AND refused.trial_desk IS DISTINCT FROM p_desk THEN
    RETURN pg_catalog.jsonb_build_object('is', 'closed', 'reason', refused.reason, 'opens_ms', NULL,
      'met_by', td.name_of(g.origin, refused.met_by));
  END IF;
  IF g.limited_until > now THEN
    RETURN pg_catalog.jsonb_build_object('is', 'closed', 'reason', 'rate-limited',
      'opens_ms', td.ms_until(g.limited_until, now), 'met_by', td.name_of(g.origin, g.limited_by));
  END IF;
  RETURN NULL;
END
$$;

-- Why a kind of query is one too many in this hour; NULL where it is not. Nobody signs in for a lookup that may not follow.
CREATE OR REPLACE FUNCTION td.over_budget(r td.rule, now timestamptz, p_kind text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  lookups bigint := CASE WHEN p_kind <> 'sign-in-alone' THEN td.spent(r, now, 'lookup') END;
  sign_ins bigint := CASE WHEN p_kind <> 'lookup' THEN td.spent(r, now, 'sign-in') END;
BEGIN
  IF lookups IS NOT NULL THEN
    RETURN pg_catalog.jsonb_build_object('is', 'budget', 'kind', 'lookup', 'opens_ms', lookups);
  ELSIF sign_ins IS NOT NULL THEN
    RETURN pg_catalog.jsonb_build_object('is', 'budget', 'kind', 'sign-in', 'opens_ms', sign_ins);
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION td.name_of(p_origin text, p_desk uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT name FROM td.desk WHERE origin = p_origin AND desk = p_desk $$;

-- Takes in what the carrier said against a key or against everybody.
CREATE OR REPLACE FUNCTION td.close(g td.gate, now timestamptz, p_desk uuid, p_outcome text, p_opens_ms bigint, p_key integer)
RETURNS td.gate
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_outcome = 'rate-limited' THEN
    -- Ten minutes at most, and never shortened by another one.
    g.limited_until := greatest(
      g.limited_until, td.later(now, least(greatest(p_opens_ms, 0), 600000)));
    g.limited_by := p_desk;
  ELSIF p_outcome IN ('key-rejected', 'sign-in-refused') THEN
    INSERT INTO td.refusal AS known (origin, key, reason, at, met_by) VALUES (g.origin, p_key, p_outcome, now, p_desk)
      ON CONFLICT (origin, key) DO UPDATE SET reason = p_outcome, at = now, met_by = p_desk, trial_desk = NULL;
  END IF;
  RETURN g;
END
$$;

-- A carrier that desks may ask: its cool-down in milliseconds, and its lookups an hour for the whole team.
CREATE OR REPLACE FUNCTION td.allow_carrier(p_origin text, p_cooldown_ms integer, p_budget integer, p_sign_ins integer DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF p_origin !~ '^https?://[A-Za-z0-9.:\[\]-]+$' THEN
    RAISE EXCEPTION 'the carrier is named by its origin, as in https://carrier.example.jp';
  END IF;
  IF p_cooldown_ms IS NULL OR p_cooldown_ms NOT BETWEEN 1000 AND 60000 THEN
    RAISE EXCEPTION 'the cool-down is 1,000 to 60,000 milliseconds';
  END IF;
  INSERT INTO td.rule AS r (origin, cooldown_ms, budget, sign_ins) VALUES (p_origin, p_cooldown_ms, p_budget, coalesce(p_sign_ins, 60))
    ON CONFLICT (origin) DO UPDATE SET
      cooldown_ms = p_cooldown_ms, budget = p_budget, sign_ins = coalesce(p_sign_ins, r.sign_ins);
  INSERT INTO td.gate (origin) VALUES (p_origin) ON CONFLICT DO NOTHING;
END
$$;

-- Asks for a turn, again and again until it is given or refused. The same question may be asked any number of times.
--   go {turn, lease_ms} | wait {why, ahead, retry_ms, eta_ms, holder} | closed {reason, opens_ms, met_by} | budget {kind, opens_ms}
CREATE OR REPLACE FUNCTION td_v1.take_turn(
  p_origin text, p_desk uuid, p_ask uuid, p_key integer, p_kind text, p_cooldown_ms integer)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
  r td.rule;
  now timestamptz;
  refusal jsonb;
  mine td.place;
  ahead bigint;
  opens timestamptz;
  cooldown integer;
  guests bigint;
BEGIN
  -- A NULL would be unlike every key that was refused, and unlike every desk.
  IF p_desk IS NULL OR p_ask IS NULL OR p_key IS NULL OR p_kind IS NULL
    OR p_kind NOT IN ('lookup', 'sign-in', 'sign-in-alone') THEN
    RAISE EXCEPTION 'not a question' USING ERRCODE = 'TD002';
  END IF;
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g; r := entered.r; now := entered.now;
  IF g.turn IS NOT NULL AND g.ask IS NOT DISTINCT FROM p_ask AND g.desk IS NOT DISTINCT FROM p_desk THEN
    -- The answer was lost on its way: the same turn, with a new lease.
    g.expires_at := td.leased(g, r, now);
    PERFORM td.put(g);
    RETURN pg_catalog.jsonb_build_object('is', 'go', 'turn', g.turn, 'lease_ms', td.ms_until(g.expires_at, now));
  END IF;

  refusal := coalesce(td.closed(g, now, p_desk, p_key), td.over_budget(r, now, p_kind));
  IF refusal IS NOT NULL THEN
    DELETE FROM td.place WHERE origin = p_origin AND desk = p_desk;
    RETURN refusal;
  END IF;

  -- A newer question of a desk takes the place of its older one.
  INSERT INTO td.place AS p (origin, desk, no, ask, seen_at)
    VALUES (p_origin, p_desk, pg_catalog.nextval('td.place_no'), p_ask, now)
    ON CONFLICT (origin, desk) DO UPDATE SET ask = p_ask, seen_at = now
    RETURNING * INTO mine;
  SELECT pg_catalog.count(*) INTO ahead FROM td.place AS p
    WHERE p.origin = p_origin AND p.no < mine.no AND p.seen_at > td.later(now, -r.stale_ms);
  SELECT pg_catalog.count(*) INTO guests FROM td.guest AS t WHERE t.origin = p_origin;
  cooldown := greatest(r.cooldown_ms, coalesce(p_cooldown_ms, 0));
  opens := greatest(now, g.settle_until, td.later(g.last_end, cooldown));

  IF g.turn IS NULL AND guests = 0 AND ahead = 0 AND opens <= now THEN
    PERFORM td.durable();
    g.turn := pg_catalog.gen_random_uuid();
    g.ask := p_ask;
    g.desk := p_desk;
    g.query_no := 1;
    g.query_at := now;
    g.query_ended := false;
    g.expires_at := td.leased(g, r, now);
    g.called_at := now;
    INSERT INTO td.query (origin, turn, no, kind, desk, started_at)
      VALUES (p_origin, g.turn, 1, CASE p_kind WHEN 'lookup' THEN 'lookup' ELSE 'sign-in' END, p_desk, now);
    UPDATE td.refusal SET trial_desk = NULL WHERE origin = p_origin AND key = p_key;
    DELETE FROM td.place WHERE origin = p_origin AND desk = p_desk;
    PERFORM td.put(g);
    RETURN pg_catalog.jsonb_build_object('is', 'go', 'turn', g.turn, 'lease_ms', td.ms_until(g.expires_at, now));
  END IF;

  RETURN pg_catalog.jsonb_build_object(
    'is', 'wait',
    'why', CASE
      WHEN g.turn IS NOT NULL THEN 'turn'
      WHEN guests > 0 THEN 'guest'
      WHEN ahead > 0 THEN 'line'
      WHEN g.settle_until IS NOT DISTINCT FROM opens THEN 'settling'
      ELSE 'cool-down' END,
    'ahead', ahead + CASE WHEN g.turn IS NOT NULL OR guests > 0 THEN 1 ELSE 0 END,
    'holder', td.name_of(p_origin, g.desk),
    'eta_ms', td.eta(r, now, ahead + CASE WHEN g.turn IS NULL THEN 0 ELSE 1 END, opens),
    -- The first in line knows when it may come; while somebody asks, it looks twice as often as the others. It never stays
    -- away for so long that the gate would think that nobody is there, and settle again.
    'retry_ms', CASE
      WHEN ahead > 0 THEN r.poll_ms
      WHEN g.turn IS NOT NULL OR guests > 0 THEN greatest(1, r.poll_ms / 2)
      ELSE greatest(1, least(td.ms_until(opens, now), r.silence_ms / 2)) END);
END
$$;

-- About how long the desks ahead will take: as long as the team's last queries took, and the cool-down after each.
CREATE OR REPLACE FUNCTION td.eta(r td.rule, now timestamptz, ahead bigint, opens timestamptz) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
  SELECT td.ms_until(opens, now) + ahead * (r.cooldown_ms + coalesce(
    (SELECT pg_catalog.avg(extract(epoch FROM took) * 1000) FROM (
      SELECT ended_at - started_at AS took FROM td.query
        WHERE origin = r.origin AND kind = 'lookup' AND started_at > now - interval '1 hour' AND ended_at >= started_at
        ORDER BY started_at DESC LIMIT 10) AS last), 1000)::bigint)
$$;

-- Keeps a turn whose query runs.  held {lease_ms} | lost
CREATE OR REPLACE FUNCTION td_v1.keep_turn(p_origin text, p_turn uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
  r td.rule;
  now timestamptz;
BEGIN
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g; r := entered.r; now := entered.now;
  -- One that has expired is lost even if nobody took it since.
  IF g.turn IS NULL OR g.turn IS DISTINCT FROM p_turn THEN
    RETURN pg_catalog.jsonb_build_object('is', 'lost');
  END IF;
  g.expires_at := td.leased(g, r, now);
  g.called_at := now;
  PERFORM td.put(g);
  RETURN pg_catalog.jsonb_build_object('is', 'held', 'lease_ms', td.ms_until(g.expires_at, now));
END
$$;

-- Asks for one more query in the same turn: the sign-in after a refused key, the lookup after a sign-in. The first call
-- ends the query before; the cool-down passes while the turn is kept.
--   go {lease_ms} | wait {retry_ms, lease_ms} | budget {kind, opens_ms} | lost
CREATE OR REPLACE FUNCTION td_v1.next_query(p_origin text, p_turn uuid, p_no integer, p_kind text, p_cooldown_ms integer)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
  r td.rule;
  now timestamptz;
  refusal jsonb;
  opens timestamptz;
BEGIN
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g; r := entered.r; now := entered.now;
  IF g.turn IS NULL OR g.turn IS DISTINCT FROM p_turn OR p_no NOT IN (g.query_no, g.query_no + 1) THEN
    RETURN pg_catalog.jsonb_build_object('is', 'lost');
  END IF;
  IF p_no = g.query_no AND NOT g.query_ended THEN
    -- It was given already, and the answer was lost.
    g.expires_at := td.leased(g, r, now);
    PERFORM td.put(g);
    RETURN pg_catalog.jsonb_build_object('is', 'go', 'lease_ms', td.ms_until(g.expires_at, now));
  END IF;
  IF NOT g.query_ended THEN
    PERFORM td.durable();
    UPDATE td.query SET ended_at = now, outcome = 'followed' WHERE origin = p_origin AND turn = p_turn AND no = g.query_no;
    g.query_ended := true;
    g.last_end := now;
  END IF;
  g.expires_at := td.leased(g, r, now);
  refusal := td.over_budget(r, now, p_kind);
  IF refusal IS NOT NULL THEN
    PERFORM td.put(g);
    RETURN refusal;
  END IF;
  opens := td.later(g.last_end, greatest(r.cooldown_ms, coalesce(p_cooldown_ms, 0)));
  IF opens > now THEN
    PERFORM td.put(g);
    RETURN pg_catalog.jsonb_build_object('is', 'wait', 'lease_ms', td.ms_until(g.expires_at, now),
      -- No longer than the turn can be left alone.
      'retry_ms', least(greatest(1, td.ms_until(opens, now)), r.lease_ms / 4));
  END IF;
  PERFORM td.durable();
  g.query_no := p_no;
  g.query_at := now;
  g.query_ended := false;
  g.expires_at := td.leased(g, r, now);
  INSERT INTO td.query (origin, turn, no, kind, desk, started_at) VALUES (p_origin, p_turn, p_no, p_kind, g.desk, now);
  PERFORM td.put(g);
  RETURN pg_catalog.jsonb_build_object('is', 'go', 'lease_ms', td.ms_until(g.expires_at, now));
END
$$;

-- Gives a turn back. `unsent` costs neither cool-down nor budget.  ended | late
CREATE OR REPLACE FUNCTION td_v1.end_turn(p_origin text, p_turn uuid, p_outcome text, p_opens_ms bigint, p_key integer)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
  r td.rule;
  now timestamptz;
  asked td.query;
BEGIN
  IF p_outcome IS NULL OR p_outcome NOT IN
    ('answered', 'failed', 'cancelled', 'unsent', 'rate-limited', 'key-rejected', 'sign-in-refused') THEN
    RAISE EXCEPTION 'no such outcome' USING ERRCODE = 'TD002';
  END IF;
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g; r := entered.r; now := entered.now;
  PERFORM td.durable();
  IF g.turn IS NULL OR g.turn IS DISTINCT FROM p_turn THEN
    -- What the carrier said counts all the same; but a late answer opens nothing.
    SELECT * INTO asked FROM td.query
      WHERE origin = p_origin AND turn = p_turn AND started_at > now - interval '10 minutes' ORDER BY no DESC LIMIT 1;
    IF FOUND THEN
      g := td.close(g, now, asked.desk, p_outcome, p_opens_ms, p_key);
      PERFORM td.put(g);
    END IF;
    RETURN pg_catalog.jsonb_build_object('is', 'late');
  END IF;

  IF p_outcome = 'unsent' AND NOT g.query_ended THEN
    DELETE FROM td.query WHERE origin = p_origin AND turn = p_turn AND no = g.query_no;
  ELSIF NOT g.query_ended THEN
    UPDATE td.query SET ended_at = now, outcome = p_outcome
      WHERE origin = p_origin AND turn = p_turn AND no = g.query_no;
    g.last_end := now;
  END IF;
  IF p_outcome = 'answered' THEN
    DELETE FROM td.refusal WHERE origin = p_origin AND key = p_key;
    g.limited_until := NULL;
  END IF;
  g := td.close(g, now, g.desk, p_outcome, p_opens_ms, p_key);
  g := td.without_turn(g);
  PERFORM td.put(g);
  RETURN pg_catalog.jsonb_build_object('is', 'ended');
END
$$;

-- Gives up a place, or a turn that was given and not heard of. Never called after `go` was heard.
CREATE OR REPLACE FUNCTION td_v1.drop_ask(p_origin text, p_desk uuid, p_ask uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
BEGIN
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g;
  DELETE FROM td.place WHERE origin = p_origin AND desk = p_desk AND ask = p_ask;
  IF g.turn IS NOT NULL AND g.ask IS NOT DISTINCT FROM p_ask AND g.desk IS NOT DISTINCT FROM p_desk THEN
    PERFORM td.durable();
    DELETE FROM td.query WHERE origin = p_origin AND turn = g.turn;
    g := td.without_turn(g);
    PERFORM td.put(g);
  END IF;
  RETURN pg_catalog.jsonb_build_object('is', 'dropped');
END
$$;

-- Says who is there, and hears how things stand. A desk that was alone says so: what it asked meanwhile (`lone`: a list of
-- {id, kind, age_ms}, by the end of each), whether a query still runs, and what the carrier said against it.
CREATE OR REPLACE FUNCTION td_v1.hello(
  p_origin text, p_desk uuid, p_name text, p_version text, p_key integer,
  p_alone boolean, p_running boolean, p_lone jsonb, p_closed text, p_closed_ms bigint)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  g td.gate;
  r td.rule;
  now timestamptz;
  mine td.desk;
  lone record;
  sent bigint;
BEGIN
  SELECT * INTO entered FROM td.enter(p_origin);
  g := entered.g; r := entered.r; now := entered.now;

  SELECT * INTO mine FROM td.desk WHERE origin = p_origin AND desk = p_desk;
  IF NOT FOUND THEN
    -- Slots are for as many desks as there are, so one that has gone for a day gives its own back.
    DELETE FROM td.desk WHERE origin = p_origin AND seen_at < now - interval '1 day';
    INSERT INTO td.desk AS d (origin, desk, name, version, slot, seen_at)
      SELECT p_origin, p_desk, pg_catalog.left(coalesce(p_name, ''), 60), pg_catalog.left(coalesce(p_version, ''), 30),
        pg_catalog.min(s.no), now
      FROM pg_catalog.generate_series(0, (SELECT pg_catalog.count(*)::integer FROM td.desk WHERE origin = p_origin)) AS s(no)
      WHERE s.no NOT IN (SELECT slot FROM td.desk WHERE origin = p_origin)
      RETURNING * INTO mine;
    DELETE FROM td.query WHERE origin = p_origin AND started_at < now - interval '1 day';
  ELSIF mine.seen_at < td.later(now, -1000) OR mine.seen_at > now
    OR mine.name IS DISTINCT FROM pg_catalog.left(coalesce(p_name, ''), 60) THEN
    UPDATE td.desk SET name = pg_catalog.left(coalesce(p_name, ''), 60), version = pg_catalog.left(coalesce(p_version, ''), 30),
        login = session_user, seen_at = now
      WHERE origin = p_origin AND desk = p_desk;
  END IF;

  FOR lone IN
    SELECT (e->>'id')::uuid AS id, e->>'kind' AS kind,
      td.later(now, -greatest(0, (e->>'age_ms')::bigint)) AS at
    FROM pg_catalog.jsonb_array_elements(coalesce(p_lone, '[]')) AS e LIMIT 200
  LOOP
    PERFORM td.durable();
    INSERT INTO td.query (origin, turn, kind, desk, started_at, ended_at, outcome)
      VALUES (p_origin, lone.id, CASE lone.kind WHEN 'sign-in' THEN 'sign-in' ELSE 'lookup' END, p_desk, lone.at, lone.at, 'alone')
      ON CONFLICT DO NOTHING;
    g.last_end := greatest(g.last_end, lone.at);
  END LOOP;

  IF p_running THEN
    INSERT INTO td.guest AS t (origin, desk, expires_at) VALUES (p_origin, p_desk, td.later(now, r.lease_ms))
      ON CONFLICT (origin, desk) DO UPDATE SET expires_at = td.later(now, r.lease_ms);
  ELSE
    DELETE FROM td.guest WHERE origin = p_origin AND desk = p_desk;
    IF FOUND THEN g.last_end := now; END IF;
  END IF;
  IF p_alone THEN
    -- Until every desk that was alone has said so.
    g.settle_until := td.later(now, r.settle_ms);
  END IF;
  IF p_closed IS NOT NULL THEN
    PERFORM td.durable();
    g := td.close(g, now, p_desk, p_closed, p_closed_ms, p_key);
  END IF;
  g.called_at := now;
  PERFORM td.put(g);

  SELECT pg_catalog.count(*) INTO sent FROM td.query
    WHERE origin = p_origin AND kind = 'lookup' AND started_at > now - interval '1 hour';
  RETURN pg_catalog.jsonb_build_object(
    'is', 'hello', 'protocol', 1, 'server_ms', pg_catalog.floor(extract(epoch FROM now) * 1000)::bigint,
    'cooldown_ms', r.cooldown_ms, 'budget', r.budget, 'left', greatest(0, r.budget - sent),
    'poll_ms', r.poll_ms, 'lease_ms', r.lease_ms, 'away', r.away, 'away_slots', r.away_slots, 'slot', mine.slot,
    'opens_ms', td.ms_until(greatest(now, g.settle_until, td.later(g.last_end, r.cooldown_ms)), now),
    'holder', CASE WHEN g.turn IS NULL THEN NULL ELSE coalesce(td.name_of(p_origin, g.desk), '') END,
    'waiting', (SELECT pg_catalog.count(*) FROM td.place WHERE origin = p_origin AND seen_at > td.later(now, -r.stale_ms)),
    'desks', (SELECT pg_catalog.count(*) FROM td.desk WHERE origin = p_origin AND seen_at > now - interval '2 minutes'),
    'closed', td.closed(g, now, p_desk, p_key), 'over_budget', td.over_budget(r, now, 'lookup'));
END
$$;

-- Lets one desk try a refused key once more, once a minute for the whole team.  ok | closed {reason, opens_ms}
CREATE OR REPLACE FUNCTION td_v1.try_key(p_origin text, p_desk uuid, p_key integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  entered record;
  now timestamptz;
  refused td.refusal;
BEGIN
  SELECT * INTO entered FROM td.enter(p_origin);
  now := entered.now;
  SELECT * INTO refused FROM td.refusal WHERE origin = p_origin AND key = p_key AND reason = 'key-rejected';
  IF NOT FOUND OR refused.trial_desk IS NOT DISTINCT FROM p_desk THEN
    RETURN pg_catalog.jsonb_build_object('is', 'ok');
  END IF;
  IF refused.at > now THEN refused.at := now; END IF;
  IF refused.at + interval '1 minute' > now THEN
    RETURN pg_catalog.jsonb_build_object('is', 'closed', 'reason', 'key-rejected',
      'opens_ms', td.ms_until(refused.at + interval '1 minute', now));
  END IF;
  PERFORM td.durable();
  UPDATE td.refusal SET at = now, trial_desk = p_desk WHERE origin = p_origin AND key = p_key;
  RETURN pg_catalog.jsonb_build_object('is', 'ok');
END
$$;

REVOKE ALL ON SCHEMA td, td_v1 FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA td FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA td, td_v1 FROM PUBLIC;
GRANT USAGE ON SCHEMA td_v1 TO td_desk;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA td_v1 TO td_desk;

RESET ROLE;
COMMIT;
