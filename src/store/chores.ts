// What one of all processes does from time to time, and the others then do not.
import type { Sql } from "./sql.js";

export interface Chores {
  /**
   * Whether the chore is ours to do now: nobody has begun it in the last `every` milliseconds. One that is begun and
   * not ended, because its process died, is begun again after that time.
   */
  begin(name: string, every: number): Promise<boolean>;
}

export function openChores(sql: Sql, now: () => number = Date.now): Chores {
  return {
    async begin(name, every) {
      const rows = await sql.rows(
        `INSERT INTO chores (name, begun_at) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET begun_at = excluded.begun_at WHERE chores.begun_at <= $2 - $3
         RETURNING name`,
        [name, now(), every],
      );
      return rows.length > 0;
    },
  };
}
