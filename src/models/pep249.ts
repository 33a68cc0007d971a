// Database drivers that follow PEP 249, and cursors whose driver is not known.
// Facts: https://peps.python.org/pep-0249/, https://docs.python.org/3/library/sqlite3.html,
// https://www.psycopg.org/docs/
import { argument, type CallModel, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";

/** The statement is text; what is bound to its placeholders goes separately and is safe. */
const STATEMENT: SinkModel = { kind: "sql", argument: argument(0) };

function statement(returns?: string): CallModel {
  return { sinks: [STATEMENT], propagates: "none", ...(returns === undefined ? {} : { returns }) };
}

const ROWS: SymbolModel = { call: { source: "database", propagates: "none" } };

/** Members of a connection and a cursor type as PEP 249 has them. */
function driver(connection: string, cursor: string): Record<string, SymbolModel> {
  return {
    [connection]: {},
    [`${connection}.cursor`]: { call: { returns: cursor, propagates: "none" } },
    [`${connection}.execute`]: { call: statement(cursor) },
    [`${connection}.executemany`]: { call: statement(cursor) },
    [`${connection}.executescript`]: { call: statement(cursor) },
    [cursor]: {},
    [`${cursor}.execute`]: { call: statement(cursor) },
    [`${cursor}.executemany`]: { call: statement(cursor) },
    [`${cursor}.executescript`]: { call: statement(cursor) },
    [`${cursor}.copy_expert`]: { call: statement() },
    [`${cursor}.mogrify`]: { call: statement() },
    [`${cursor}.fetchone`]: ROWS,
    [`${cursor}.fetchmany`]: ROWS,
    [`${cursor}.fetchall`]: ROWS,
  };
}

function connect(connection: string): SymbolModel {
  return { call: { returns: connection, propagates: "none" } };
}

export const pep249: LibraryModel = {
  library: "pep249",
  symbols: {
    "sqlite3.connect": connect("sqlite3.Connection"),
    "sqlite3.dbapi2.connect": { alias: "sqlite3.connect" },
    ...driver("sqlite3.Connection", "sqlite3.Cursor"),
    "psycopg2.connect": connect("psycopg2.extensions.connection"),
    ...driver("psycopg2.extensions.connection", "psycopg2.extensions.cursor"),
    "psycopg2.pool.SimpleConnectionPool": connect("psycopg2.pool.SimpleConnectionPool"),
    "psycopg2.pool.ThreadedConnectionPool": connect("psycopg2.pool.SimpleConnectionPool"),
    "psycopg2.pool.SimpleConnectionPool.getconn": connect("psycopg2.extensions.connection"),
    "psycopg2.extensions.quote_ident": {
      call: { propagates: [argument(0)], sanitizes: ["sql", "sql-identifier"] },
    },
    "psycopg2.sql.SQL": {
      call: { sinks: [STATEMENT], propagates: "none", returns: "psycopg2.sql.Composable" },
    },
    "psycopg2.sql.Identifier": { call: { propagates: "none", returns: "psycopg2.sql.Composable" } },
    "psycopg2.sql.Literal": { call: { propagates: "none", returns: "psycopg2.sql.Composable" } },
    "psycopg2.sql.Placeholder": { call: { propagates: "none", returns: "psycopg2.sql.Composable" } },
    "psycopg2.sql.Composable": {},
    "psycopg2.sql.Composable.format": { call: { propagates: "none", returns: "psycopg2.sql.Composable" } },
    "psycopg2.sql.Composable.join": { call: { propagates: "none", returns: "psycopg2.sql.Composable" } },
    "psycopg2.sql.Composable.as_string": { call: { propagates: "none" } },
  },
  ducks: [
    {
      methods: ["execute", "executemany", "executescript"],
      receiver: /^(.*_)?(cursor|curs?|conn|connection|db|database|sqlite)\d?(\(\))?$/i,
      model: { call: statement() },
    },
  ],
};
