// Drivers for PostgreSQL: psycopg2, psycopg, pg8000, aiopg.
// Facts: https://www.psycopg.org/docs/, https://www.psycopg.org/psycopg3/docs/api/,
// https://github.com/tlocke/pg8000#api-docs, https://aiopg.readthedocs.io/en/stable/
import { argument, type CallModel, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { connects, cursorMembers, driver, QUERIES_ROWS, runsStatement, STATEMENT } from "./pep249.js";
import { gives, likeType, named, RELEASES, SILENT } from "./shapes.js";

/** libpq waits as long as the network does; a connection string may say otherwise, so it counts as limited. */
const LIBPQ_WAIT: NonNullable<CallModel["waits"]> = {
  on: "network",
  timeout: keyword("connect_timeout"),
  limitedWhen: [{ argument: argument(0, "dsn") }],
};

const COPIES: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: argument(0, "sql") }],
    propagates: "none",
    waits: { on: "database" },
  },
};
/** Quoted since psycopg2 2.9 only. */
const COPIES_TABLE: SymbolModel = {
  call: { sinks: [{ kind: "sql-identifier", argument: argument(1, "table") }], propagates: "none" },
};
/** Gives SQL text in which the values are quoted; only the text around them can do harm. */
const MOGRIFIES: SymbolModel = { call: { sinks: STATEMENT, propagates: "none" } };
const BATCH: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: argument(1, "sql") }],
    propagates: "none",
    waits: { on: "database" },
  },
};
const QUOTES_IDENTIFIER: SymbolModel = {
  call: { propagates: [argument(0)], sanitizes: ["sql", "sql-identifier"] },
};
const QUOTES_VALUE: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["sql"] } };

/** `sql.SQL(…).format(sql.Identifier(…))`, the same in psycopg2 and psycopg. */
function composition(module: string): Record<string, SymbolModel> {
  const composable = gives(`${module}.Composable`);
  return {
    [`${module}.Composable`]: {},
    [`${module}.SQL`]: {
      call: {
        sinks: [
          { kind: "sql", argument: argument(0, "string") },
          { kind: "sql", argument: keyword("obj") },
        ],
        propagates: "none",
        returns: `${module}.Composable`,
      },
    },
    ...named(
      ["Identifier", "Literal", "Placeholder", "Composed"].map((name) => `${module}.${name}`),
      composable,
    ),
    [`${module}.Composable.format`]: composable,
    [`${module}.Composable.join`]: composable,
    [`${module}.Composable.as_string`]: SILENT,
    [`${module}.Composable.as_bytes`]: SILENT,
  };
}

const CONNECTION2 = "psycopg2.extensions.connection";
const CURSOR2 = "psycopg2.extensions.cursor";
const CURSORS2 = "DictCursor RealDictCursor NamedTupleCursor LoggingCursor MinTimeLoggingCursor";
const POOL2 = "psycopg2.pool.AbstractConnectionPool";

const psycopg2: Record<string, SymbolModel> = {
  "psycopg2.connect": connects(CONNECTION2, { waits: LIBPQ_WAIT }),
  "psycopg2cffi.connect": connects(CONNECTION2, { waits: LIBPQ_WAIT }),
  ...driver(CONNECTION2, CURSOR2),
  [`${CURSOR2}.copy_expert`]: COPIES,
  [`${CURSOR2}.copy_from`]: COPIES_TABLE,
  [`${CURSOR2}.copy_to`]: COPIES_TABLE,
  [`${CURSOR2}.mogrify`]: MOGRIFIES,
  "psycopg2._psycopg.connection": likeType(CONNECTION2),
  "psycopg2._psycopg.cursor": likeType(CURSOR2),
  ...named(
    CURSORS2.split(" ").map((name) => `psycopg2.extras.${name}`),
    likeType(CURSOR2),
  ),
  "psycopg2.extras.execute_values": BATCH,
  "psycopg2.extras.execute_batch": BATCH,
  "psycopg2.extras.wait_select": { call: { propagates: "none", waits: { on: "database" } } },
  "psycopg2.extras.Json": SILENT,
  "psycopg2.extensions.quote_ident": QUOTES_IDENTIFIER,
  // Goes into the statement as it is.
  "psycopg2.extensions.AsIs": {
    call: { sinks: [{ kind: "sql", argument: argument(0) }], propagates: "none" },
  },
  "psycopg2.extensions.adapt": QUOTES_VALUE,
  "psycopg2.extensions.QuotedString": QUOTES_VALUE,
  "psycopg2.Binary": QUOTES_VALUE,
  [POOL2]: {},
  [`${POOL2}.getconn`]: gives(CONNECTION2, { acquires: "connection" }),
  [`${POOL2}.putconn`]: { call: { propagates: "none", releases: argument(0, "conn") } },
  [`${POOL2}.closeall`]: RELEASES,
  ...named(
    ["SimpleConnectionPool", "ThreadedConnectionPool", "PersistentConnectionPool"].map(
      (name) => `psycopg2.pool.${name}`,
    ),
    gives(POOL2),
  ),
  ...composition("psycopg2.sql"),
};

const LIBPQ_WAIT3: NonNullable<CallModel["waits"]> = {
  on: "network",
  timeout: keyword("connect_timeout"),
  limitedWhen: [{ argument: argument(0, "conninfo") }],
};

/** psycopg 3; its pool waits 30 seconds by default. */
function psycopg3(connection: string, cursor: string, pool: string): Record<string, SymbolModel> {
  return {
    ...driver(connection, cursor),
    [`${connection}.connect`]: connects(connection, { waits: LIBPQ_WAIT3 }),
    [`${connection}.execute`]: runsStatement(cursor),
    [`${connection}.transaction`]: gives("psycopg.Transaction", { acquires: "transaction" }),
    [`${connection}.notifies`]: {
      call: {
        propagates: "none",
        source: "message",
        waits: { on: "database", timeout: keyword("timeout") },
      },
    },
    [`${cursor}.stream`]: QUERIES_ROWS,
    [`${cursor}.copy`]: runsStatement(),
    [`${cursor}.mogrify`]: MOGRIFIES,
    [pool]: {},
    [`${pool}.connection`]: gives(connection, { acquires: "connection", waits: { on: "database" } }),
    [`${pool}.getconn`]: gives(connection, { acquires: "connection", waits: { on: "database" } }),
    [`${pool}.putconn`]: { call: { propagates: "none", releases: argument(0, "conn") } },
    [`${pool}.close`]: RELEASES,
  };
}

const psycopg: Record<string, SymbolModel> = {
  "psycopg.connect": connects("psycopg.Connection", { waits: LIBPQ_WAIT3 }),
  ...psycopg3("psycopg.Connection", "psycopg.Cursor", "psycopg_pool.ConnectionPool"),
  ...psycopg3("psycopg.AsyncConnection", "psycopg.AsyncCursor", "psycopg_pool.AsyncConnectionPool"),
  ...named(["psycopg.ClientCursor", "psycopg.ServerCursor"], likeType("psycopg.Cursor")),
  ...named(["psycopg.AsyncClientCursor", "psycopg.AsyncServerCursor"], likeType("psycopg.AsyncCursor")),
  "psycopg_pool.NullConnectionPool": likeType("psycopg_pool.ConnectionPool"),
  "psycopg_pool.AsyncNullConnectionPool": likeType("psycopg_pool.AsyncConnectionPool"),
  ...composition("psycopg.sql"),
  "psycopg.sql.quote": QUOTES_VALUE,
};

const pg8000: Record<string, SymbolModel> = {
  ...named(
    ["pg8000.connect", "pg8000.dbapi.connect", "pg8000.legacy.connect"],
    connects("pg8000.Connection", { waits: { on: "network", timeout: keyword("timeout") } }),
  ),
  ...driver("pg8000.Connection", "pg8000.Cursor"),
  // Of the legacy interface.
  "pg8000.Connection.run": QUERIES_ROWS,
  "pg8000.dbapi.Connection": likeType("pg8000.Connection"),
  "pg8000.legacy.Connection": likeType("pg8000.Connection"),
  "pg8000.native.Connection": connects("pg8000.native.Connection", {
    waits: { on: "network", timeout: keyword("timeout") },
  }),
  "pg8000.native.Connection.run": QUERIES_ROWS,
  "pg8000.native.Connection.prepare": {
    call: { sinks: STATEMENT, propagates: "none", returns: "pg8000.native.PreparedStatement" },
  },
  "pg8000.native.Connection.close": RELEASES,
  "pg8000.native.PreparedStatement": {},
  "pg8000.native.PreparedStatement.run": { call: { source: "database", propagates: "none" } },
  "pg8000.native.PreparedStatement.close": RELEASES,
  "pg8000.native.identifier": QUOTES_IDENTIFIER,
  "pg8000.native.literal": QUOTES_VALUE,
};

/** Its timeout is 60 seconds by default. */
const aiopg: Record<string, SymbolModel> = {
  "aiopg.connect": connects("aiopg.Connection"),
  "aiopg.create_pool": gives("aiopg.Pool"),
  ...driver("aiopg.Connection", "aiopg.Cursor"),
  "aiopg.Cursor.mogrify": MOGRIFIES,
  "aiopg.Cursor.begin": gives("aiopg.Transaction", { acquires: "transaction" }),
  "aiopg.Pool": {},
  "aiopg.Pool.acquire": gives("aiopg.Connection", { acquires: "connection", waits: { on: "database" } }),
  "aiopg.Pool.cursor": gives("aiopg.Cursor", { acquires: "cursor", waits: { on: "database" } }),
  "aiopg.Pool.release": { call: { propagates: "none", releases: argument(0, "conn") } },
  "aiopg.Pool.close": RELEASES,
  "aiopg.sa.create_engine": gives("aiopg.sa.Engine"),
  "aiopg.sa.Engine": {},
  "aiopg.sa.Engine.acquire": gives("aiopg.sa.SAConnection", { acquires: "connection" }),
  "aiopg.sa.Engine.release": { call: { propagates: "none", releases: argument(0, "conn") } },
  ...cursorMembers("aiopg.sa.ResultProxy"),
  "aiopg.sa.SAConnection": {},
  "aiopg.sa.SAConnection.execute": runsStatement("aiopg.sa.ResultProxy"),
  "aiopg.sa.SAConnection.scalar": QUERIES_ROWS,
  "aiopg.sa.SAConnection.begin": gives("aiopg.sa.Transaction", { acquires: "transaction" }),
};

export const postgresql: LibraryModel = {
  library: "postgresql",
  symbols: { ...psycopg2, ...psycopg, ...pg8000, ...aiopg },
};
