// What became of every finding that was said: fixed, dismissed, or merged over, and after how long. By these figures
// rules are kept or demoted. GitHub stays the truth about each conversation; this only counts.
import type { Sql } from "./sql.js";

/** `closed`: the pull request was closed without a merge, so that nothing can be said of it. */
type OutcomeState = "open" | "fixed" | "dismissed" | "merged" | "closed";

/** A finding as far as it is counted. */
export interface CountedFinding {
  /** 16 hex digits. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
  readonly severity: string;
  readonly confidence: string;
}

/** What one review says of its pull request. */
export interface ReviewedFindings {
  readonly findings: readonly CountedFinding[];
  /** Said by the review, and set aside by people. */
  readonly dismissed: readonly CountedFinding[];
  /** Whether the file at a path was looked at: what is no longer found in one that was not is still open. */
  isReviewed(path: string): boolean;
}

interface CountedPull {
  /** GitHub's id of the repository. */
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
  /** Number of the pull request. */
  readonly pull: number;
}

export interface Outcome {
  /** "owner/name", as it was called when the finding was first said. */
  readonly repository: string;
  readonly rule: string;
  readonly state: OutcomeState;
  /** Milliseconds from the first review that said it to its end; undefined while it is open. */
  readonly time: number | undefined;
}

export interface Outcomes {
  /** What is new is begun, what is gone is fixed, what is back is open again. Repeating it changes nothing. */
  record(pull: CountedPull, review: ReviewedFindings): Promise<void>;
  /** The pull request is over: what is still open was merged, or left behind. */
  close(repository: number, pull: number, isMerged: boolean): Promise<void>;
  /** The pull request goes on after all: what was left behind is open again. */
  reopen(repository: number, pull: number): Promise<void>;
  /** Of findings that were first said at `since` (milliseconds since 1970) or later. */
  list(since: number): Promise<readonly Outcome[]>;
}

interface Row {
  readonly fingerprint: string;
  readonly path: string;
}

export function openOutcomes(sql: Sql, now: () => number = Date.now): Outcomes {
  const say = async (pull: CountedPull, finding: CountedFinding, state: "open" | "dismissed") => {
    const { repository, owner, repo } = pull;
    const { fingerprint, rule, path, severity, confidence } = finding;
    const at = now();
    const ended = state === "open" ? null : at;
    await sql.rows(
      `INSERT INTO outcomes (repository, pull, fingerprint, owner, repo, rule, path, severity, confidence, state,
         said_at, ended_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (repository, pull, fingerprint) DO UPDATE
         SET state = excluded.state, ended_at = excluded.ended_at, path = excluded.path
         WHERE outcomes.state <> excluded.state`,
      [repository, pull.pull, fingerprint, owner, repo, rule, path, severity, confidence, state, at, ended],
    );
  };
  return {
    async record(pull, { findings, dismissed, isReviewed }) {
      const said = new Set([...findings, ...dismissed].map(({ fingerprint }) => fingerprint));
      for (const finding of findings) await say(pull, finding, "open");
      for (const finding of dismissed) await say(pull, finding, "dismissed");
      const open = await sql.rows<Row>(
        "SELECT fingerprint, path FROM outcomes WHERE repository = $1 AND pull = $2 AND state = 'open'",
        [pull.repository, pull.pull],
      );
      for (const { fingerprint, path } of open) {
        if (said.has(fingerprint) || !isReviewed(path)) continue;
        await sql.rows(
          `UPDATE outcomes SET state = 'fixed', ended_at = $4
           WHERE repository = $1 AND pull = $2 AND fingerprint = $3 AND state = 'open'`,
          [pull.repository, pull.pull, fingerprint, now()],
        );
      }
    },
    async close(repository, pull, isMerged) {
      await sql.rows(
        `UPDATE outcomes SET state = $3, ended_at = $4
         WHERE repository = $1 AND pull = $2 AND state = 'open'`,
        [repository, pull, isMerged ? "merged" : "closed", now()],
      );
    },
    async reopen(repository, pull) {
      await sql.rows(
        `UPDATE outcomes SET state = 'open', ended_at = NULL
         WHERE repository = $1 AND pull = $2 AND state = 'closed'`,
        [repository, pull],
      );
    },
    async list(since) {
      const rows = await sql.rows<Outcome & { readonly time: number | null }>(
        `SELECT owner || '/' || repo AS repository, rule, state, ended_at - said_at AS time FROM outcomes
         WHERE said_at >= $1 ORDER BY said_at, fingerprint`,
        [since],
      );
      return rows.map((row) => ({ ...row, time: row.time ?? undefined }));
    },
  };
}
