// asyncpg, which follows no common interface: statements with $1 placeholders, rows by fetch.
// Facts: https://magicstack.github.io/asyncpg/current/api/index.html
import { argument, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { connects, STATEMENT } from "./pep249.js";
import { gives, likeType, RELEASES, ROWS } from "./shapes.js";

const LIMITED_BY_TIMEOUT = { on: "database", timeout: keyword("timeout") } as const;
const RUNS: SymbolModel = { call: { sinks: STATEMENT, propagates: "none", waits: LIMITED_BY_TIMEOUT } };
const FETCHES: SymbolModel = {
  call: { sinks: STATEMENT, source: "database", propagates: "none", waits: LIMITED_BY_TIMEOUT },
};

/** A pool has the methods of its connections too. Names of tables and columns are quoted by the library. */
function runners(type: string): Record<string, SymbolModel> {
  return {
    [`${type}.execute`]: RUNS,
    [`${type}.executemany`]: RUNS,
    [`${type}.fetch`]: FETCHES,
    [`${type}.fetchval`]: FETCHES,
    [`${type}.fetchrow`]: FETCHES,
    [`${type}.fetchmany`]: FETCHES,
    [`${type}.copy_from_query`]: RUNS,
    [`${type}.copy_from_table`]: { call: { propagates: "none" } },
    [`${type}.copy_records_to_table`]: {
      call: { sinks: [{ kind: "sql", argument: keyword("where") }], propagates: "none" },
    },
    [`${type}.copy_to_table`]: {
      call: { sinks: [{ kind: "sql", argument: keyword("where") }], propagates: "none" },
    },
  };
}

export const asyncpg: LibraryModel = {
  library: "asyncpg",
  symbols: {
    // 60 seconds by default.
    "asyncpg.connect": connects("asyncpg.Connection"),
    "asyncpg.create_pool": gives("asyncpg.Pool"),
    "asyncpg.Connection": {},
    ...runners("asyncpg.Connection"),
    "asyncpg.Connection.prepare": {
      call: { sinks: STATEMENT, propagates: "none", returns: "asyncpg.PreparedStatement" },
    },
    "asyncpg.Connection.cursor": {
      call: { sinks: STATEMENT, propagates: "none", returns: "asyncpg.Cursor" },
    },
    "asyncpg.Connection.transaction": gives("asyncpg.Transaction", { acquires: "transaction" }),
    "asyncpg.Connection.close": RELEASES,
    "asyncpg.connection.Connection": likeType("asyncpg.Connection"),
    "asyncpg.Transaction": {},
    "asyncpg.Transaction.start": { call: { propagates: "none", acquires: "transaction" } },
    "asyncpg.Transaction.commit": RELEASES,
    "asyncpg.Transaction.rollback": RELEASES,
    "asyncpg.Cursor": {},
    "asyncpg.Cursor.fetch": ROWS,
    "asyncpg.Cursor.fetchrow": ROWS,
    "asyncpg.PreparedStatement": {},
    "asyncpg.PreparedStatement.fetch": ROWS,
    "asyncpg.PreparedStatement.fetchval": ROWS,
    "asyncpg.PreparedStatement.fetchrow": ROWS,
    "asyncpg.PreparedStatement.executemany": { call: { propagates: "none", waits: LIMITED_BY_TIMEOUT } },
    "asyncpg.PreparedStatement.cursor": gives("asyncpg.Cursor"),
    "asyncpg.Pool": {},
    ...runners("asyncpg.Pool"),
    "asyncpg.Pool.acquire": gives("asyncpg.Connection", {
      acquires: "connection",
      waits: { on: "database", timeout: keyword("timeout") },
    }),
    "asyncpg.Pool.release": { call: { propagates: "none", releases: argument(0, "connection") } },
    // Waits until every connection was given back.
    "asyncpg.Pool.close": { call: { propagates: "none", releases: "receiver", waits: { on: "database" } } },
    "asyncpg.pool.Pool": likeType("asyncpg.Pool"),
  },
  ducks: [
    {
      methods: ["fetchval", "fetchrow"],
      receiver: /^(.*_)?(con|conn|connection|db|database|pool|tx|pg)\d?(\(\))?$/i,
      model: FETCHES,
    },
    {
      methods: ["fetch"],
      receiver: /^(.*_)?(con|conn|connection|pool|pg)\d?(\(\))?$/i,
      model: FETCHES,
    },
  ],
};
