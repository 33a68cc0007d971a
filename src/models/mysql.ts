// Drivers for MySQL and MariaDB: MySQLdb, PyMySQL, mysql.connector, aiomysql, asyncmy.
// Facts: https://mysqlclient.readthedocs.io/, https://pymysql.readthedocs.io/en/latest/modules/,
// https://dev.mysql.com/doc/connector-python/en/connector-python-reference.html, https://aiomysql.readthedocs.io/
import { argument, type CallModel, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { connects, driver, runsStatement, STATEMENT } from "./pep249.js";
import { gives, likeType, named, RELEASES, SILENT } from "./shapes.js";

/** Right between quotes, which is where it is meant for. */
const QUOTES: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["sql"] } };
const MOGRIFIES: SymbolModel = { call: { sinks: STATEMENT, propagates: "none" } };
const WITHOUT_TLS: NonNullable<CallModel["misuses"]> = [
  { kind: "clear-text-protocol", when: [{ argument: keyword("ssl_disabled"), is: [true] }] },
];

function additions(connection: string, cursor: string): Record<string, SymbolModel> {
  return {
    [`${connection}.query`]: runsStatement(),
    [`${connection}.escape`]: QUOTES,
    [`${connection}.escape_string`]: QUOTES,
    [`${connection}.literal`]: QUOTES,
    [`${connection}.string_literal`]: QUOTES,
    [`${connection}.begin`]: { call: { propagates: "none", acquires: "transaction" } },
    [`${connection}.select_db`]: SILENT,
    [`${connection}.ping`]: { call: { propagates: "none", waits: { on: "network" } } },
    [`${cursor}.mogrify`]: MOGRIFIES,
  };
}

function cursors(module: string, names: string, type: string): Record<string, SymbolModel> {
  return named(
    names.split(" ").map((name) => `${module}.${name}`),
    likeType(type),
  );
}

const MYSQLDB = "MySQLdb.connections.Connection";
const PYMYSQL = "pymysql.connections.Connection";
const CONNECTOR = "mysql.connector.MySQLConnection";
const CURSOR_NAMES = "DictCursor SSCursor SSDictCursor";

const mysqldb: Record<string, SymbolModel> = {
  ...named(
    ["MySQLdb.connect", "MySQLdb.Connect", "MySQLdb.Connection", MYSQLDB],
    connects(MYSQLDB, { waits: { on: "network", timeout: keyword("connect_timeout") } }),
  ),
  ...withoutType(driver(MYSQLDB, "MySQLdb.cursors.Cursor"), MYSQLDB),
  ...additions(MYSQLDB, "MySQLdb.cursors.Cursor"),
  ...cursors("MySQLdb.cursors", CURSOR_NAMES, "MySQLdb.cursors.Cursor"),
  "MySQLdb.escape_string": QUOTES,
  "MySQLdb.string_literal": QUOTES,
};

/** connect_timeout is 10 seconds by default. */
const pymysql: Record<string, SymbolModel> = {
  ...named(
    ["pymysql.connect", "pymysql.Connect", "pymysql.Connection", PYMYSQL],
    connects(PYMYSQL, { misuses: WITHOUT_TLS }),
  ),
  ...withoutType(driver(PYMYSQL, "pymysql.cursors.Cursor"), PYMYSQL),
  ...additions(PYMYSQL, "pymysql.cursors.Cursor"),
  ...cursors("pymysql.cursors", CURSOR_NAMES, "pymysql.cursors.Cursor"),
  "pymysql.escape_string": QUOTES,
  "pymysql.converters.escape_string": QUOTES,
};

/** connection_timeout is 10 seconds by default. */
const connector: Record<string, SymbolModel> = {
  ...named(
    ["mysql.connector.connect", "mysql.connector.Connect", CONNECTOR, "mysql.connector.CMySQLConnection"],
    connects(CONNECTOR, { misuses: WITHOUT_TLS }),
  ),
  ...withoutType(driver(CONNECTOR, "mysql.connector.cursor.MySQLCursor"), CONNECTOR),
  "mysql.connector.connection.MySQLConnection": likeType(CONNECTOR),
  [`${CONNECTOR}.cmd_query`]: runsStatement(),
  [`${CONNECTOR}.cmd_query_iter`]: {
    call: { sinks: [{ kind: "sql", argument: argument(0, "statements") }], propagates: "none" },
  },
  [`${CONNECTOR}.info_query`]: runsStatement(undefined, { source: "database" }),
  [`${CONNECTOR}.start_transaction`]: { call: { propagates: "none", acquires: "transaction" } },
  "mysql.connector.cursor.MySQLCursor.stored_results": SILENT,
  ...cursors(
    "mysql.connector.cursor",
    "MySQLCursorDict MySQLCursorBuffered MySQLCursorNamedTuple MySQLCursorPrepared MySQLCursorRaw",
    "mysql.connector.cursor.MySQLCursor",
  ),
  "mysql.connector.pooling.MySQLConnectionPool": {},
  "mysql.connector.pooling.MySQLConnectionPool.get_connection": gives(CONNECTOR, { acquires: "connection" }),
  "mysql.connector.pooling.PooledMySQLConnection": likeType(CONNECTOR),
};

function asynchronous(module: string): Record<string, SymbolModel> {
  const [connection, cursor, pool] = [`${module}.Connection`, `${module}.Cursor`, `${module}.Pool`];
  return {
    [`${module}.connect`]: connects(connection, {
      waits: { on: "network", timeout: keyword("connect_timeout") },
    }),
    [`${module}.create_pool`]: gives(pool),
    ...driver(connection, cursor),
    ...additions(connection, cursor),
    ...cursors(module, CURSOR_NAMES, cursor),
    [pool]: {},
    [`${pool}.acquire`]: gives(connection, { acquires: "connection", waits: { on: "database" } }),
    [`${pool}.get`]: gives(connection, { acquires: "connection", waits: { on: "database" } }),
    [`${pool}.release`]: { call: { propagates: "none", releases: argument(0, "conn") } },
    [`${pool}.close`]: RELEASES,
  };
}

export const mysql: LibraryModel = {
  library: "mysql",
  symbols: { ...mysqldb, ...pymysql, ...connector, ...asynchronous("aiomysql"), ...asynchronous("asyncmy") },
};

/** The type itself is called to connect, and that is said elsewhere. */
function withoutType(members: Record<string, SymbolModel>, type: string): Record<string, SymbolModel> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== type));
}
