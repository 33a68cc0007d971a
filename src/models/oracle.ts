// Drivers for Oracle: cx_Oracle and its successor oracledb.
// Facts: https://cx-oracle.readthedocs.io/en/latest/api_manual/, https://python-oracledb.readthedocs.io/en/latest/api_manual/
import { argument, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { connects, driver, QUERIES_ROWS, runsStatement } from "./pep249.js";
import { gives, likeType, named, RELEASES } from "./shapes.js";

const NAME: readonly SinkModel[] = [{ kind: "sql-identifier", argument: argument(0, "name") }];
const CALLS_NAMED: SymbolModel = {
  call: { sinks: NAME, propagates: "none", waits: { on: "database" } },
};

function oracleDriver(module: string): Record<string, SymbolModel> {
  const [connection, cursor] = [`${module}.Connection`, `${module}.Cursor`];
  const opens = connects(connection, { waits: { on: "network", timeout: keyword("tcp_connect_timeout") } });
  return {
    ...driver(connection, cursor),
    [`${module}.connect`]: opens,
    [connection]: opens,
    [`${connection}.begin`]: { call: { propagates: "none", acquires: "transaction" } },
    [`${connection}.fetch_df_all`]: QUERIES_ROWS,
    [`${connection}.fetch_df_batches`]: QUERIES_ROWS,
    [`${cursor}.prepare`]: runsStatement(),
    [`${cursor}.parse`]: runsStatement(),
    [`${cursor}.callproc`]: CALLS_NAMED,
    [`${cursor}.callfunc`]: CALLS_NAMED,
    ...pool(`${module}.ConnectionPool`, connection),
    [`${module}.create_pool`]: gives(`${module}.ConnectionPool`),
    [`${module}.SessionPool`]: gives(`${module}.ConnectionPool`),
  };
}

function pool(type: string, connection: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    [`${type}.acquire`]: gives(connection, { acquires: "connection", waits: { on: "database" } }),
    [`${type}.release`]: { call: { propagates: "none", releases: argument(0, "connection") } },
    [`${type}.drop`]: { call: { propagates: "none", releases: argument(0, "connection") } },
    [`${type}.close`]: RELEASES,
  };
}

const ASYNC = "oracledb.AsyncConnection";

export const oracle: LibraryModel = {
  library: "oracle",
  symbols: {
    ...oracleDriver("cx_Oracle"),
    ...oracleDriver("oracledb"),
    "oracledb.connect_async": connects(ASYNC, {
      waits: { on: "network", timeout: keyword("tcp_connect_timeout") },
    }),
    "oracledb.create_pool_async": gives("oracledb.AsyncConnectionPool"),
    ...pool("oracledb.AsyncConnectionPool", ASYNC),
    [ASYNC]: {},
    [`${ASYNC}.cursor`]: gives("oracledb.AsyncCursor", { acquires: "cursor" }),
    [`${ASYNC}.close`]: RELEASES,
    [`${ASYNC}.execute`]: runsStatement(),
    [`${ASYNC}.executemany`]: runsStatement(),
    [`${ASYNC}.callproc`]: CALLS_NAMED,
    [`${ASYNC}.callfunc`]: CALLS_NAMED,
    ...named(
      ["fetchall", "fetchmany", "fetchone", "fetch_df_all", "fetch_df_batches"].map(
        (name) => `${ASYNC}.${name}`,
      ),
      QUERIES_ROWS,
    ),
    "oracledb.AsyncCursor": likeType("oracledb.Cursor"),
  },
};
