// Which reviews were begun, and how each ended. It spares a review that was already made, and knows the check runs
// that a crash has left open. GitHub itself stays the truth about what was posted.
import type { Sql } from "./sql.js";

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

/** Under which names the pull request is reached. */
export interface RunPlace {
  readonly installation: number;
  readonly owner: string;
  readonly repo: string;
}

interface RunEnd {
  readonly state: Exclude<RunState, "running">;
  /** Of the check run. */
  readonly conclusion: string;
  readonly findings: number;
}

export interface HeadRun {
  readonly pull: number;
  /** As the review of this pull request alone has it. */
  readonly conclusion: string | undefined;
}

export interface Runs {
  /** Takes up the unfinished run of this subject, or begins one. */
  begin(subject: RunSubject, place: RunPlace): Promise<Run>;
  setCheckRun(run: Run, checkRun: number): Promise<void>;
  finish(run: Run, end: RunEnd): Promise<void>;
  /** Whether this very review was the last that was begun, was made, and nobody has asked for another. */
  isDone(subject: RunSubject): Promise<boolean>;
  /** Runs of the pull request that have not ended, whatever their head, oldest first. */
  unfinished(repository: number, pull: number): Promise<readonly Run[]>;
  /** Runs that were begun before `before` (milliseconds since 1970) and have not ended, with where they are. */
  inWorkSince(before: number): Promise<readonly (Run & { readonly place: RunPlace })[]>;
  /** Whether a review of this head was ever begun. */
  knowsHead(repository: number, pull: number, headSha: string): Promise<boolean>;
  /** The pull requests whose last run was of this head, with its conclusion; undefined while it has none. */
  ofHead(repository: number, headSha: string): Promise<readonly HeadRun[]>;
  /** With which commit this head was last compared; undefined when it never was. */
  baseOf(repository: number, pull: number, headSha: string): Promise<string | undefined>;
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

const SUBJECT = "repository = $1 AND pull = $2 AND base_sha = $3 AND head_sha = $4 AND engine = $5";

export function openRuns(sql: Sql, now: () => number = Date.now): Runs {
  const valuesOf = (subject: RunSubject) =>
    [subject.repository, subject.pull, subject.baseSha, subject.headSha, subject.engine] as const;
  return {
    async begin(subject, place) {
      const values = valuesOf(subject);
      const [known] = await sql.rows<Row>(
        `SELECT * FROM runs WHERE state = 'running' AND ${SUBJECT}`,
        values,
      );
      if (known !== undefined) return toRun(known, false);
      const [made] = await sql.rows<Row>(
        `INSERT INTO runs
           (repository, pull, base_sha, head_sha, engine, state, started_at, installation, owner, repo)
         VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9) RETURNING *`,
        [...values, now(), place.installation, place.owner, place.repo],
      );
      return toRun(made!, true);
    },
    async setCheckRun(run, checkRun) {
      await sql.rows("UPDATE runs SET check_run = $1 WHERE id = $2", [checkRun, run.id]);
    },
    async finish(run, end) {
      await sql.rows(
        "UPDATE runs SET state = $1, conclusion = $2, findings = $3, finished_at = $4 WHERE id = $5",
        [end.state, end.conclusion, end.findings, now(), run.id],
      );
    },
    async isDone(subject) {
      // One of another head in between has changed the conversation.
      const text = `SELECT id FROM runs WHERE state = 'done' AND ${SUBJECT}
        AND id = (SELECT max(id) FROM runs WHERE repository = $1 AND pull = $2)`;
      return (await sql.rows(text, valuesOf(subject))).length > 0;
    },
    async unfinished(repository, pull) {
      const rows = await sql.rows<Row>(
        "SELECT * FROM runs WHERE repository = $1 AND pull = $2 AND state = 'running' ORDER BY id",
        [repository, pull],
      );
      return rows.map((row) => toRun(row, false));
    },
    async inWorkSince(before) {
      const rows = await sql.rows<Row & RunPlace>(
        `SELECT * FROM runs WHERE state = 'running' AND started_at < $1 AND installation IS NOT NULL ORDER BY id`,
        [before],
      );
      return rows.map((row) => {
        const { installation, owner, repo } = row;
        return { ...toRun(row, false), place: { installation, owner, repo } };
      });
    },
    async knowsHead(repository, pull, headSha) {
      const text = "SELECT id FROM runs WHERE repository = $1 AND pull = $2 AND head_sha = $3 LIMIT 1";
      return (await sql.rows(text, [repository, pull, headSha])).length > 0;
    },
    async ofHead(repository, headSha) {
      const rows = await sql.rows<{ readonly pull: number; readonly conclusion: string | null }>(
        `SELECT pull, conclusion FROM runs WHERE repository = $1 AND head_sha = $2
           AND id IN (SELECT max(id) FROM runs WHERE repository = $1 GROUP BY pull) ORDER BY pull`,
        [repository, headSha],
      );
      return rows.map(({ pull, conclusion }) => ({ pull, conclusion: conclusion ?? undefined }));
    },
    async baseOf(repository, pull, headSha) {
      const [row] = await sql.rows<Pick<Row, "base_sha">>(
        `SELECT base_sha FROM runs WHERE repository = $1 AND pull = $2 AND head_sha = $3
         ORDER BY id DESC LIMIT 1`,
        [repository, pull, headSha],
      );
      return row?.base_sha;
    },
    async forget(repository, pull) {
      await sql.rows(
        "UPDATE runs SET state = 'forgotten' WHERE repository = $1 AND pull = $2 AND state = 'done'",
        [repository, pull],
      );
    },
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
