// Pull requests whose pushes people do not want reviewed for a while. The last word counts, whenever it comes.
import type { Spoken } from "./spoken.js";
import type { Sql } from "./sql.js";

export interface Pauses {
  /** @param by login of who says so */
  set(repository: number, pull: number, isPaused: boolean, by: string, spoken: Spoken): Promise<void>;
  /** Login of who has paused it; undefined when it is not. */
  pausedBy(repository: number, pull: number): Promise<string | undefined>;
}

export function openPauses(sql: Sql): Pauses {
  return {
    async set(repository, pull, isPaused, by, { at, comment }) {
      await sql.rows(
        `INSERT INTO pauses (repository, pull, state, author, said_at, comment) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (repository, pull) DO UPDATE
           SET state = excluded.state, author = excluded.author, said_at = excluded.said_at, comment = excluded.comment
           WHERE (pauses.said_at, pauses.comment) < (excluded.said_at, excluded.comment)`,
        [repository, pull, isPaused ? "paused" : "resumed", by, at, comment],
      );
    },
    async pausedBy(repository, pull) {
      const [row] = await sql.rows<{ readonly author: string }>(
        "SELECT author FROM pauses WHERE repository = $1 AND pull = $2 AND state = 'paused'",
        [repository, pull],
      );
      return row?.author;
    },
  };
}
