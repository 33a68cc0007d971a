// The little of a database that the store needs, so that each statement is written once for SQLite and PostgreSQL.
import type { Connection } from "./database.js";

type Value = string | number | null;

export interface Sql {
  /**
   * Runs one statement, in a transaction of its own.
   * @param text with $1, $2, … for the values; each may stand there more than once
   * @returns what it selects or returns; integers are numbers
   * @throws StoreUnavailable when the database cannot be reached
   */
  rows<Row>(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
}

/** The database is not there now: whether the statement was carried out is unknown, and another try may go better. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

export function sqliteSql(connection: Connection): Sql {
  const prepare = (text: string) => connection.prepare<[Record<string, Value>]>(text);
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  return {
    async rows<Row>(text: string, values: readonly Value[] = []) {
      const statement = prepared.get(text) ?? prepare(text);
      prepared.set(text, statement);
      // SQLite takes $1 for a name.
      const named = Object.fromEntries(values.map((value, index) => [index + 1, value]));
      if (statement.reader) return statement.all(named) as Row[];
      statement.run(named);
      return [];
    },
  };
}
