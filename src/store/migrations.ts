// The schema's history. An entry, once released, never changes: a new version is a new entry at the end.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL,
    payload    TEXT NOT NULL,               -- JSON
    priority   INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    queued_at  INTEGER NOT NULL,            -- all times in milliseconds since 1970
    ready_at   INTEGER NOT NULL,
    lease      TEXT,
    lease_ends INTEGER,
    last_error TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_waiting_job ON jobs (key) WHERE state = 'waiting';
  CREATE UNIQUE INDEX one_running_job ON jobs (key) WHERE state = 'running';
  CREATE INDEX next_job ON jobs (priority DESC, ready_at, id) WHERE state = 'waiting';

  CREATE TABLE deliveries (
    guid    TEXT PRIMARY KEY,
    job     INTEGER,                        -- NULL: done
    seen_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_job ON deliveries (job);
  CREATE INDEX delivery_age ON deliveries (seen_at);

  CREATE TABLE runs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    repository  INTEGER NOT NULL,
    pull        INTEGER NOT NULL,
    base_sha    TEXT NOT NULL,
    head_sha    TEXT NOT NULL,
    engine      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'superseded', 'forgotten')),
    check_run   INTEGER,
    conclusion  TEXT,
    findings    INTEGER,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX runs_of_pull ON runs (repository, pull, state);
  `,
  `
  ALTER TABLE jobs ADD COLUMN installation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN worker TEXT;
  UPDATE jobs SET installation = coalesce(json_extract(payload, '$.installation'), 0);
  CREATE INDEX running_jobs ON jobs (installation, worker) WHERE state = 'running';
  CREATE INDEX lease_end ON jobs (lease_ends) WHERE state = 'running';

  -- Installations by when they were last served, and until when they must wait.
  CREATE TABLE turns (
    installation INTEGER PRIMARY KEY,
    turn         INTEGER NOT NULL DEFAULT 0,
    paused_until INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  `,
  `
  -- Where a run was made, so that it can be closed when its job is gone; NULL for those of earlier versions.
  ALTER TABLE runs ADD COLUMN installation INTEGER;
  ALTER TABLE runs ADD COLUMN owner TEXT;
  ALTER TABLE runs ADD COLUMN repo TEXT;
  CREATE INDEX runs_in_work ON runs (started_at) WHERE state = 'running';

  -- What is done from time to time by one of all processes.
  CREATE TABLE chores (
    name     TEXT PRIMARY KEY,
    begun_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- What became of the findings of each pull request.
  CREATE TABLE outcomes (
    repository  INTEGER NOT NULL,
    pull        INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    owner       TEXT NOT NULL,
    repo        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    path        TEXT NOT NULL,
    severity    TEXT NOT NULL,
    confidence  TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'fixed', 'dismissed', 'merged', 'closed')),
    said_at     INTEGER NOT NULL,
    ended_at    INTEGER,
    PRIMARY KEY (repository, pull, fingerprint)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outcome_age ON outcomes (said_at);
  `,
  `
  -- What people have said of the findings of a pull request: of each the last word.
  CREATE TABLE dismissals (
    repository   INTEGER NOT NULL,
    pull         INTEGER NOT NULL,
    fingerprint  TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('dismissed', 'restored')),
    author       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    ends_at      INTEGER,                     -- NULL: never
    said_at      INTEGER NOT NULL,
    comment      INTEGER NOT NULL,            -- that said it; 0: a button
    installation INTEGER NOT NULL,
    owner        TEXT NOT NULL,
    repo         TEXT NOT NULL,
    PRIMARY KEY (repository, pull, fingerprint)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX dismissal_end ON dismissals (ends_at) WHERE state = 'dismissed';

  -- Pull requests whose pushes are not reviewed for a while, or are again: the last word.
  CREATE TABLE pauses (
    repository INTEGER NOT NULL,
    pull       INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('paused', 'resumed')),
    author     TEXT NOT NULL,
    said_at    INTEGER NOT NULL,
    comment    INTEGER NOT NULL,
    PRIMARY KEY (repository, pull)
  ) STRICT, WITHOUT ROWID;

  -- What the last review of each pull request found.
  CREATE TABLE reviews (
    repository INTEGER NOT NULL,
    pull       INTEGER NOT NULL,
    review     TEXT NOT NULL,             -- JSON
    PRIMARY KEY (repository, pull)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What people have asked for, in words: a JSON object that has each as a key.
  ALTER TABLE jobs ADD COLUMN wishes TEXT NOT NULL DEFAULT '{}';
  `,
];
