// The history of the schema in PostgreSQL. An entry, once released, never changes: a new version is a new entry at the
// end. The jobs themselves are in graphile-worker's tables, which it migrates by itself.

export const POSTGRES_MIGRATIONS: readonly string[] = [
  `
  -- Who works on what, until when; all times in milliseconds since 1970.
  CREATE TABLE leases (
    job          BIGINT PRIMARY KEY,           -- id of graphile-worker's job
    key          TEXT NOT NULL UNIQUE,         -- one job of a key at a time
    installation BIGINT NOT NULL,
    worker       TEXT NOT NULL,
    lease        TEXT NOT NULL,
    ends         BIGINT NOT NULL
  );
  CREATE INDEX lease_end ON leases (ends);
  CREATE INDEX lease_installation ON leases (installation, worker);

  -- Installations by when they were last served, and until when they must wait.
  CREATE TABLE turns (
    installation BIGINT PRIMARY KEY,
    turn         BIGINT NOT NULL DEFAULT 0,
    paused_until BIGINT NOT NULL DEFAULT 0
  );
  CREATE SEQUENCE turn_numbers;

  CREATE TABLE deliveries (
    guid    TEXT PRIMARY KEY,
    job     BIGINT,                            -- NULL: done
    seen_at BIGINT NOT NULL
  );
  CREATE INDEX delivery_job ON deliveries (job);
  CREATE INDEX delivery_age ON deliveries (seen_at);

  CREATE TABLE runs (
    id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    repository  BIGINT NOT NULL,
    pull        BIGINT NOT NULL,
    base_sha    TEXT NOT NULL,
    head_sha    TEXT NOT NULL,
    engine      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'superseded', 'forgotten')),
    check_run   BIGINT,
    conclusion  TEXT,
    findings    INTEGER,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT
  );
  CREATE INDEX runs_of_pull ON runs (repository, pull, state);
  `,
  `
  -- Where a run was made, so that it can be closed when its job is gone; NULL for those of earlier versions.
  ALTER TABLE runs ADD COLUMN installation BIGINT;
  ALTER TABLE runs ADD COLUMN owner TEXT;
  ALTER TABLE runs ADD COLUMN repo TEXT;
  CREATE INDEX runs_in_work ON runs (started_at) WHERE state = 'running';

  -- What is done from time to time by one of all processes.
  CREATE TABLE chores (
    name     TEXT PRIMARY KEY,
    begun_at BIGINT NOT NULL
  );
  `,
  `
  -- What became of the findings of each pull request.
  CREATE TABLE outcomes (
    repository  BIGINT NOT NULL,
    pull        BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    owner       TEXT NOT NULL,
    repo        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    path        TEXT NOT NULL,
    severity    TEXT NOT NULL,
    confidence  TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'fixed', 'dismissed', 'merged', 'closed')),
    said_at     BIGINT NOT NULL,
    ended_at    BIGINT,
    PRIMARY KEY (repository, pull, fingerprint)
  );
  CREATE INDEX outcome_age ON outcomes (said_at);
  `,
  `
  -- What people have said of the findings of a pull request: of each the last word.
  CREATE TABLE dismissals (
    repository   BIGINT NOT NULL,
    pull         BIGINT NOT NULL,
    fingerprint  TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('dismissed', 'restored')),
    author       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    ends_at      BIGINT,                     -- NULL: never
    said_at      BIGINT NOT NULL,
    comment      BIGINT NOT NULL,            -- that said it; 0: a button
    installation BIGINT NOT NULL,
    owner        TEXT NOT NULL,
    repo         TEXT NOT NULL,
    PRIMARY KEY (repository, pull, fingerprint)
  );
  CREATE INDEX dismissal_end ON dismissals (ends_at) WHERE state = 'dismissed';

  -- Pull requests whose pushes are not reviewed for a while, or are again: the last word.
  CREATE TABLE pauses (
    repository BIGINT NOT NULL,
    pull       BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('paused', 'resumed')),
    author     TEXT NOT NULL,
    said_at    BIGINT NOT NULL,
    comment    BIGINT NOT NULL,
    PRIMARY KEY (repository, pull)
  );

  -- What the last review of each pull request found.
  CREATE TABLE reviews (
    repository BIGINT NOT NULL,
    pull       BIGINT NOT NULL,
    review     TEXT NOT NULL,             -- JSON
    PRIMARY KEY (repository, pull)
  );
  `,
];
