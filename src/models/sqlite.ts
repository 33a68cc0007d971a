// SQLite: sqlite3 of the standard library, pysqlite2, sqlcipher and the asynchronous aiosqlite.
// Facts: https://docs.python.org/3/library/sqlite3.html, https://aiosqlite.omnilib.dev/en/stable/api.html
import { argument, type LibraryModel, type SymbolModel } from "./model.js";
import { connects, driver, QUERIES_ROWS, runsStatement } from "./pep249.js";
import { likeType, named, SILENT } from "./shapes.js";

/** `timeout` (for the lock on the file) is 5 seconds by default. */
function opens(connection: string): SymbolModel {
  return connects(connection, {
    sinks: [{ kind: "path", argument: argument(0, "database") }],
    waits: { on: "disk" },
  });
}

/** What SQLite adds to PEP 249, alike in both libraries. */
function additions(connection: string, cursor: string): Record<string, SymbolModel> {
  return {
    [`${connection}.execute`]: runsStatement(cursor),
    [`${connection}.executemany`]: runsStatement(cursor),
    [`${connection}.executescript`]: runsStatement(cursor),
    [`${cursor}.executescript`]: runsStatement(cursor),
    // A shared library, loaded into the process.
    [`${connection}.load_extension`]: {
      call: { sinks: [{ kind: "code", argument: argument(0) }], propagates: "none" },
    },
    [`${connection}.create_function`]: SILENT,
    [`${connection}.create_aggregate`]: SILENT,
    [`${connection}.create_collation`]: SILENT,
    [`${connection}.enable_load_extension`]: SILENT,
    [`${connection}.set_trace_callback`]: SILENT,
  };
}

export const sqlite: LibraryModel = {
  library: "sqlite",
  symbols: {
    ...named(
      [
        "sqlite3.connect",
        "sqlite3.dbapi2.connect",
        "pysqlite2.dbapi2.connect",
        "pysqlcipher3.dbapi2.connect",
        "sqlcipher3.connect",
        "sqlcipher3.dbapi2.connect",
        "pysqlite3.connect",
      ],
      opens("sqlite3.Connection"),
    ),
    ...driver("sqlite3.Connection", "sqlite3.Cursor"),
    ...additions("sqlite3.Connection", "sqlite3.Cursor"),
    "sqlite3.dbapi2.Connection": likeType("sqlite3.Connection"),
    "sqlite3.dbapi2.Cursor": likeType("sqlite3.Cursor"),
    "sqlite3.complete_statement": SILENT,

    "aiosqlite.connect": opens("aiosqlite.Connection"),
    "aiosqlite.core.connect": opens("aiosqlite.Connection"),
    ...driver("aiosqlite.Connection", "aiosqlite.Cursor"),
    ...additions("aiosqlite.Connection", "aiosqlite.Cursor"),
    "aiosqlite.Connection.execute_insert": runsStatement(),
    "aiosqlite.Connection.execute_fetchall": QUERIES_ROWS,
    "aiosqlite.core.Connection": likeType("aiosqlite.Connection"),
    "aiosqlite.cursor.Cursor": likeType("aiosqlite.Cursor"),
  },
};
