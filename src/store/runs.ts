// Which reviews were begun, and how each ended. It spares a review that was already made, and knows the check runs
// that a crash has left open. GitHub itself stays the truth about what was posted.
import type { Connection } from "./database.js";

type RunState = "running" | "done" | "failed" | "superseded";

/** What is reviewed: equal subjects have equal reviews. */
export interface RunSubject {
  /** GitHub's id of the repository. */
  readonly repository: number;
  /** Number of the pull request. */
  readonly pull: number;
  /** Merge base and head, 40 hex digits each. */
  readonly baseSha: string;
  readonly headSha: string;
  /** Version of the code that reviews. */
  readonly engine: string;
}

export interface Run extends RunSubject {
  readonly id: number;
  /** Id of its check run, as far as it was written down. */
  readonly checkRun: number | undefined;
  /** Begun just now: nothing was done for it yet. */
  readonly isNew: boolean;
}

interface RunEnd {
  readonly state: Exclude<RunState, "running">;
  /** Of the check run. */
  readonly conclusion: string;
  readonly findings: number;
}

export interface Runs {
  /** Takes up the unfinished run of this subject, or begins one. */
  begin(subject: RunSubject): Promise<Run>;
  setCheckRun(run: Run, checkRun: number): Promise<void>;
  finish(run: Run, end: RunEnd): Promise<void>;
  /** Whether this very review was already made and nobody has asked for another. */
  isDone(subject: RunSubject): Promise<boolean>;
  /** Runs of the pull request that have not ended, whatever their head, oldest first. */
  unfinished(repository: number, pull: number): Promise<readonly Run[]>;
  /** Makes the next job review the pull request again even when nothing has changed. */
  forget(repository: number, pull: number): Promise<void>;
}

interface Row {
  readonly id: number;
  readonly repository: number;
  readonly pull: number;
  readonly base_sha: string;
  readonly head_sha: string;
  readonly engine: string;
  readonly check_run: number | null;
}

const SUBJECT =
  "repository = @repository AND pull = @pull AND base_sha = @baseSha AND head_sha = @headSha AND engine = @engine";

export function sqliteRuns(database: Connection, now: () => number = Date.now): Runs {
  const find = database.prepare<[RunSubject], Row>(
    `SELECT * FROM runs WHERE state = 'running' AND ${SUBJECT}`,
  );
  const insert = database.prepare<[RunSubject & { at: number }], Row>(
    `INSERT INTO runs (repository, pull, base_sha, head_sha, engine, state, started_at)
     VALUES (@repository, @pull, @baseSha, @headSha, @engine, 'running', @at) RETURNING *`,
  );
  const setCheckRun = database.prepare("UPDATE runs SET check_run = ? WHERE id = ?");
  const finish = database.prepare(
    "UPDATE runs SET state = ?, conclusion = ?, findings = ?, finished_at = ? WHERE id = ?",
  );
  const done = database.prepare<[RunSubject]>(`SELECT 1 FROM runs WHERE state = 'done' AND ${SUBJECT}`);
  const unfinished = database.prepare<[number, number], Row>(
    "SELECT * FROM runs WHERE repository = ? AND pull = ? AND state = 'running' ORDER BY id",
  );
  const forget = database.prepare(
    "UPDATE runs SET state = 'forgotten' WHERE repository = ? AND pull = ? AND state = 'done'",
  );
  return {
    begin: async (subject) => {
      const known = find.get(subject);
      return known ? toRun(known, false) : toRun(insert.get({ ...subject, at: now() })!, true);
    },
    setCheckRun: async (run, checkRun) => void setCheckRun.run(checkRun, run.id),
    finish: async (run, end) => void finish.run(end.state, end.conclusion, end.findings, now(), run.id),
    isDone: async (subject) => done.get(subject) !== undefined,
    unfinished: async (repository, pull) => unfinished.all(repository, pull).map((row) => toRun(row, false)),
    forget: async (repository, pull) => void forget.run(repository, pull),
  };
}

function toRun(row: Row, isNew: boolean): Run {
  return {
    id: row.id,
    repository: row.repository,
    pull: row.pull,
    baseSha: row.base_sha,
    headSha: row.head_sha,
    engine: row.engine,
    checkRun: row.check_run ?? undefined,
    isNew,
  };
}
