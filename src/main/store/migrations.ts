/** Each entry takes the schema one version up; entries are never changed once released. Times are epoch milliseconds. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE profile (id TEXT PRIMARY KEY, json TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

  -- When a key was saved; the key itself is in the keychain alone.
  CREATE TABLE key_journal (
    profile_id TEXT NOT NULL, origin TEXT NOT NULL, saved_at INTEGER NOT NULL,
    PRIMARY KEY (profile_id, origin)
  ) STRICT;

  CREATE TABLE lookup (
    id INTEGER PRIMARY KEY,
    profile_id TEXT NOT NULL, account TEXT NOT NULL,
    asked_at INTEGER NOT NULL, replied_at INTEGER NOT NULL, duration_ms INTEGER NOT NULL,
    agent TEXT NOT NULL,
    -- one of the two is set
    report TEXT, failure TEXT,
    raw_reply TEXT
  ) STRICT;
  CREATE INDEX lookup_by_account ON lookup (profile_id, account, replied_at);

  CREATE TABLE saved_line (
    id INTEGER PRIMARY KEY,
    profile_id TEXT NOT NULL, account TEXT NOT NULL, label TEXT NOT NULL, created_at INTEGER NOT NULL,
    UNIQUE (profile_id, account)
  ) STRICT;

  -- No account here: clearing history must neither refill a budget nor leave a number behind.
  CREATE TABLE gate_query (origin TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
  CREATE INDEX gate_query_by_time ON gate_query (origin, started_at);

  CREATE TABLE gate_closure (
    origin TEXT PRIMARY KEY, reason TEXT NOT NULL, closed_at INTEGER NOT NULL, until INTEGER
  ) STRICT;
  `,
  `
  ALTER TABLE saved_line ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE saved_line ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX lookup_by_time ON lookup (replied_at);
  `,
  `
  -- Newest is what came last: a wall clock that was set back must not bring an old answer to the top.
  DROP INDEX lookup_by_account;
  CREATE INDEX lookup_of_account ON lookup (profile_id, account);
  `,
  `
  -- An id is never given twice: what was remembered by an id that was deleted must not find another customer's lookup.
  CREATE TABLE lookup_by_new_ids (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id TEXT NOT NULL, account TEXT NOT NULL,
    asked_at INTEGER NOT NULL, replied_at INTEGER NOT NULL, duration_ms INTEGER NOT NULL,
    agent TEXT NOT NULL,
    -- one of the two is set
    report TEXT, failure TEXT,
    raw_reply TEXT
  ) STRICT;
  INSERT INTO lookup_by_new_ids SELECT * FROM lookup;
  DROP TABLE lookup;
  ALTER TABLE lookup_by_new_ids RENAME TO lookup;
  CREATE INDEX lookup_by_time ON lookup (replied_at);
  CREATE INDEX lookup_of_account ON lookup (profile_id, account);
  `,
  `
  -- Whose answer it is: after a change of the profile's host the old one's is not offered as the new one's.
  ALTER TABLE lookup ADD COLUMN origin TEXT NOT NULL DEFAULT '';
  -- An agent's lookups of a shift are found without reading a year of them.
  CREATE INDEX lookup_by_agent ON lookup (profile_id, agent, asked_at);
  `,
  `
  -- A list of thousands is shown page by page: pinned lines first, each part in the order they were kept.
  CREATE INDEX saved_line_in_order ON saved_line (profile_id, pinned DESC, id);
  -- Label, note and number as a search folds them, which SQL can't.
  ALTER TABLE saved_line ADD COLUMN searchable TEXT NOT NULL DEFAULT '';
  UPDATE saved_line SET searchable = searchable_text(account, label, note);
  `,
  `
  -- When its ticket was copied, so that the agent sees whom the ticket is still missing of.
  ALTER TABLE lookup ADD COLUMN copied_at INTEGER;
  `,
]
