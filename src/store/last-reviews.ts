// The last review of each pull request, so that people can ask about its findings without another.
import type { Sql } from "./sql.js";

export interface LastReviews<Review> {
  save(repository: number, pull: number, review: Review): Promise<void>;
  /** Undefined when there was none. */
  of(repository: number, pull: number): Promise<Review | undefined>;
}

/** @param parse what was written; undefined for what another version has written in another shape */
export function openLastReviews<Review>(
  sql: Sql,
  parse: (value: unknown) => Review | undefined,
): LastReviews<Review> {
  return {
    async save(repository, pull, review) {
      await sql.rows(
        `INSERT INTO reviews (repository, pull, review) VALUES ($1, $2, $3)
         ON CONFLICT (repository, pull) DO UPDATE SET review = excluded.review`,
        [repository, pull, JSON.stringify(review)],
      );
    },
    async of(repository, pull) {
      const [row] = await sql.rows<{ readonly review: string }>(
        "SELECT review FROM reviews WHERE repository = $1 AND pull = $2",
        [repository, pull],
      );
      return row === undefined ? undefined : parse(JSON.parse(row.review));
    },
  };
}
