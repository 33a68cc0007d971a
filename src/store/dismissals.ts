// What people have said of the findings of a pull request. Commands can come late, twice or in another order than they
// were given: of each finding only the last word counts.

import type { Spoken } from "./spoken.js";
import type { Sql } from "./sql.js";

interface Dismissal {
  /** 16 hex digits. */
  readonly fingerprint: string;
  /** Login. */
  readonly by: string;
  readonly reason: string;
  /** Milliseconds since 1970; undefined: never. */
  readonly until?: number;
}

/** Where a pull request is, so that it can be reviewed again when a dismissal ends. */
export interface DismissalPlace {
  readonly installation: number;
  readonly repository: number;
  readonly owner: string;
  readonly repo: string;
  readonly pull: number;
}

export interface Dismissals {
  dismiss(place: DismissalPlace, dismissal: Dismissal, spoken: Spoken): Promise<void>;
  /** @param fingerprint of the finding that counts again */
  restore(place: DismissalPlace, fingerprint: string, by: string, spoken: Spoken): Promise<void>;
  /** Those that count now, by fingerprint. */
  list(repository: number, pull: number): Promise<readonly Dismissal[]>;
  /** Pull requests of which a dismissal has ended at `since` (milliseconds since 1970) or later. */
  ended(since: number): Promise<readonly DismissalPlace[]>;
}

interface Row {
  readonly fingerprint: string;
  readonly author: string;
  readonly reason: string;
  readonly ends_at: number | null;
}

export function openDismissals(sql: Sql, now: () => number = Date.now): Dismissals {
  const say = async (
    { repository, pull, installation, owner, repo }: DismissalPlace,
    state: "dismissed" | "restored",
    { fingerprint, by, reason, until }: Dismissal,
    { at, comment }: Spoken,
  ): Promise<void> => {
    await sql.rows(
      `INSERT INTO dismissals (repository, pull, fingerprint, state, author, reason, ends_at, said_at, comment,
         installation, owner, repo)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (repository, pull, fingerprint) DO UPDATE
         SET state = excluded.state, author = excluded.author, reason = excluded.reason, ends_at = excluded.ends_at,
           said_at = excluded.said_at, comment = excluded.comment
         WHERE (dismissals.said_at, dismissals.comment) < (excluded.said_at, excluded.comment)`,
      [
        ...[repository, pull, fingerprint, state, by, reason, until ?? null, at, comment],
        ...[installation, owner, repo],
      ],
    );
  };
  return {
    dismiss: (place, dismissal, spoken) => say(place, "dismissed", dismissal, spoken),
    restore: (place, fingerprint, by, spoken) =>
      say(place, "restored", { fingerprint, by, reason: "" }, spoken),
    async list(repository, pull) {
      const rows = await sql.rows<Row>(
        `SELECT fingerprint, author, reason, ends_at FROM dismissals
         WHERE repository = $1 AND pull = $2 AND state = 'dismissed' AND (ends_at IS NULL OR ends_at > $3)
         ORDER BY fingerprint`,
        [repository, pull, now()],
      );
      return rows.map(({ fingerprint, author, reason, ends_at }) => ({
        ...{ fingerprint, by: author, reason },
        ...(ends_at === null ? {} : { until: ends_at }),
      }));
    },
    async ended(since) {
      return sql.rows<DismissalPlace>(
        `SELECT DISTINCT installation, repository, owner, repo, pull FROM dismissals
         WHERE state = 'dismissed' AND ends_at >= $1 AND ends_at <= $2`,
        [since, now()],
      );
    },
  };
}
