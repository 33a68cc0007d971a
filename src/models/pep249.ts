// What all database drivers after PEP 249 have in common, cursors whose driver is not known, and the drivers that
// add nothing to it. Drivers with more of their own have a file each, built with `driver`.
// Facts: https://peps.python.org/pep-0249/
import {
  argument,
  type CallModel,
  keyword,
  type LibraryModel,
  type SinkModel,
  type SymbolModel,
} from "./model.js";
import { gives, RELEASES, ROWS, SILENT } from "./shapes.js";

/** What the parameter for the statement is called, driver by driver. */
const STATEMENT_NAMES = ["operation", "query", "sql", "statement", "command"];

/** The statement is text; what is bound to its placeholders goes separately and is safe. */
export const STATEMENT: readonly SinkModel[] = [
  { kind: "sql", argument: argument(0) },
  ...STATEMENT_NAMES.map((name): SinkModel => ({ kind: "sql", argument: keyword(name) })),
];

/** A call that runs the statement in its first argument. */
export function runsStatement(returns?: string, more: Partial<CallModel> = {}): SymbolModel {
  const result = returns === undefined ? {} : { returns };
  return { call: { sinks: STATEMENT, propagates: "none", waits: { on: "database" }, ...result, ...more } };
}

/** A call that runs the statement in its first argument and gives back rows. */
export const QUERIES_ROWS: SymbolModel = runsStatement(undefined, { source: "database" });

/** The name of a stored procedure goes into the statement as it is. */
const CALLS_PROCEDURE: SymbolModel = {
  call: {
    sinks: [
      { kind: "sql-identifier", argument: argument(0, "procname") },
      { kind: "sql-identifier", argument: keyword("name") },
    ],
    propagates: "none",
    waits: { on: "database" },
  },
};

/** Opens a connection of this type. */
export function connects(connection: string, more: Partial<CallModel> = {}): SymbolModel {
  return gives(connection, { acquires: "connection", waits: { on: "network" }, ...more });
}

/** Members of a connection type as PEP 249 has them. */
function connectionMembers(connection: string, cursor: string): Record<string, SymbolModel> {
  return {
    [connection]: {},
    [`${connection}.cursor`]: gives(cursor, { acquires: "cursor" }),
    [`${connection}.commit`]: { call: { propagates: "none", waits: { on: "database" } } },
    [`${connection}.rollback`]: { call: { propagates: "none", waits: { on: "database" } } },
    [`${connection}.close`]: RELEASES,
  };
}

/** Members of a cursor type as PEP 249 has them. */
export function cursorMembers(cursor: string): Record<string, SymbolModel> {
  return {
    [cursor]: {},
    [`${cursor}.execute`]: runsStatement(cursor),
    [`${cursor}.executemany`]: runsStatement(cursor),
    [`${cursor}.callproc`]: CALLS_PROCEDURE,
    [`${cursor}.fetchone`]: ROWS,
    [`${cursor}.fetchmany`]: ROWS,
    [`${cursor}.fetchall`]: { call: { ...ROWS.call, unbounded: {} } },
    [`${cursor}.nextset`]: SILENT,
    [`${cursor}.setinputsizes`]: SILENT,
    [`${cursor}.close`]: RELEASES,
  };
}

/** Members of a connection and a cursor type as PEP 249 has them. */
export function driver(connection: string, cursor: string): Record<string, SymbolModel> {
  return { ...connectionMembers(connection, cursor), ...cursorMembers(cursor) };
}

/** Where nothing but the interface is known. */
export const ANY_CONNECTION = "pep249.Connection";
export const ANY_CURSOR = "pep249.Cursor";

/** Modules with `connect` whose statements, cursors and rows are those of PEP 249. */
const PLAIN_DRIVERS = [
  ..."phoenixdb hdbcli.dbapi teradatasql ibm_db_dbi vertica_python trino trino.dbapi prestodb.dbapi".split(
    " ",
  ),
  ..."pyhive.hive pyhive.presto pyhive.trino impala.dbapi databricks.sql sqlanydb fdb kinterbasdb".split(" "),
  ..."firebird.driver jaydebeapi pyathena redshift_connector ingresdbi informixdb mariadb pgdb".split(" "),
  ..."ceODBC mxODBC.ODBC adodbapi turbodbc monetdb.sql pymonetdb nzpy vertica_db_client".split(" "),
  ..."crate.client pydrill.client drda ctds pytds sqlitecloud libsql_experimental dm_python".split(" "),
];

/** What projects call their own methods around `execute`. */
const WRAPPERS =
  "execute_scalar execute_dict execute_void execute_2darray execute_sql execute_query execute_raw execute_async execute_many exec_sql exec_query run_sql run_query raw_query query_db fetchval fetchrow".split(
    " ",
  );

export const pep249: LibraryModel = {
  library: "pep249",
  symbols: {
    ...driver(ANY_CONNECTION, ANY_CURSOR),
    // Several of them have it, always for text with several statements.
    [`${ANY_CONNECTION}.execute`]: runsStatement(ANY_CURSOR),
    ...Object.fromEntries(PLAIN_DRIVERS.map((name) => [`${name}.connect`, connects(ANY_CONNECTION)])),
  },
  ducks: [
    // Whatever it is that has cursors, and whatever its cursor is called.
    { methods: ["cursor"], receiver: /./, model: gives(ANY_CURSOR) },
    {
      methods: WRAPPERS,
      receiver:
        /^(.*_)?(cursor|curs?|con|conn|connection|db|dbh|database|engine|session|manager)\d?(\(\))?$/i,
      model: runsStatement(),
    },
    {
      methods: ["execute", "executemany", "executescript"],
      receiver:
        /^(.*_)?(cursor|curs?|crs|csr|cr|con|conn|connection|cnxn?|db|dbh|dbc|database|sqlite|pg|psql|mysql|tx|txn)\d?(\(\))?$/i,
      model: runsStatement(),
    },
    {
      methods: ["fetchone", "fetchmany", "fetchall"],
      receiver: /^((.*_)?(cursor|curs?|crs|csr|cr|result|res|rows|query)\d?|execute\(\))$/i,
      model: ROWS,
    },
  ],
};
