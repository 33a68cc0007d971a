// SQLAlchemy Core: engines, connections, transactions, results; and what migrations run.
// Facts: https://docs.sqlalchemy.org/en/20/core/connections.html, https://docs.sqlalchemy.org/en/13/core/connections.html,
// https://alembic.sqlalchemy.org/en/latest/ops.html
import { argument, each, type LibraryModel, type SymbolModel } from "./model.js";
import { ANY_CONNECTION, connects, runsStatement, STATEMENT } from "./pep249.js";
import { gives, likeType, memberOfType, named, RELEASES, ROWS, SILENT } from "./shapes.js";

export const RESULT = "sqlalchemy.engine.Result";
const ENGINE = "sqlalchemy.engine.Engine";
const CONNECTION = "sqlalchemy.engine.Connection";
const TRANSACTION = "sqlalchemy.engine.Transaction";

/** An engine of 1.x runs statements itself. */
function engine(type: string, connection: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    [`${type}.connect`]: connects(connection),
    [`${type}.begin`]: gives(connection, { acquires: "transaction", waits: { on: "network" } }),
    [`${type}.execute`]: runsStatement(RESULT, { acquires: "connection" }),
    [`${type}.scalar`]: runsStatement(undefined, { source: "database" }),
    [`${type}.raw_connection`]: connects(ANY_CONNECTION),
    [`${type}.execution_options`]: gives(type),
    [`${type}.dispose`]: RELEASES,
    [`${type}.table_names`]: SILENT,
    [`${type}.sync_engine`]: memberOfType(ENGINE),
  };
}

/** Begun with `begin`, ended with one of the others. */
function connection(type: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    [`${type}.execute`]: runsStatement(RESULT),
    [`${type}.exec_driver_sql`]: runsStatement(RESULT),
    [`${type}.stream`]: runsStatement(RESULT),
    [`${type}.scalar`]: runsStatement(undefined, { source: "database" }),
    [`${type}.scalars`]: runsStatement(RESULT),
    ...each(
      type,
      "begin begin_nested begin_twophase",
      gives(TRANSACTION, { acquires: "transaction", waits: { on: "database" } }),
    ),
    ...each(type, "commit rollback", { call: { propagates: "none", waits: { on: "database" } } }),
    [`${type}.close`]: RELEASES,
    [`${type}.execution_options`]: gives(type),
    [`${type}.connect`]: gives(type),
    [`${type}.connection`]: memberOfType(ANY_CONNECTION),
  };
}

const engines: Record<string, SymbolModel> = {
  ...named(
    [
      "sqlalchemy.create_engine",
      "sqlalchemy.engine.create_engine",
      "sqlalchemy.future.create_engine",
      "sqlalchemy.engine_from_config",
      "sqlalchemy.engine.engine_from_config",
    ],
    gives(ENGINE),
  ),
  ...engine(ENGINE, CONNECTION),
  "sqlalchemy.engine.base.Engine": likeType(ENGINE),
  "sqlalchemy.Engine": likeType(ENGINE),
  ...connection(CONNECTION),
  "sqlalchemy.engine.base.Connection": likeType(CONNECTION),
  "sqlalchemy.Connection": likeType(CONNECTION),
  ...named(
    ["sqlalchemy.ext.asyncio.create_async_engine", "sqlalchemy.ext.asyncio.async_engine_from_config"],
    gives("sqlalchemy.ext.asyncio.AsyncEngine"),
  ),
  ...engine("sqlalchemy.ext.asyncio.AsyncEngine", "sqlalchemy.ext.asyncio.AsyncConnection"),
  ...connection("sqlalchemy.ext.asyncio.AsyncConnection"),
  [TRANSACTION]: {},
  ...each(TRANSACTION, "commit rollback close", {
    call: { propagates: "none", releases: "receiver", waits: { on: "database" } },
  }),
  [RESULT]: {},
  ...each(
    RESULT,
    "fetchone fetchmany first one one_or_none scalar scalar_one scalar_one_or_none partitions",
    ROWS,
  ),
  ...each(RESULT, "fetchall all", { call: { ...ROWS.call, unbounded: {} } }),
  ...each(RESULT, "scalars mappings unique columns tuples yield_per", gives(RESULT)),
  ...each(RESULT, "keys", SILENT),
  [`${RESULT}.close`]: RELEASES,
};

const around: Record<string, SymbolModel> = {
  "sqlalchemy.event.listen": SILENT,
  "sqlalchemy.inspect": SILENT,
  "sqlalchemy.schema.CreateSchema": SILENT,
  // `op` of a migration.
  "alembic.op.execute": {
    call: { sinks: [{ kind: "sql", argument: argument(0, "sqltext") }], propagates: "none" },
  },
  "alembic.op.get_bind": gives(CONNECTION),
};

export const sqlalchemyEngine: LibraryModel = {
  library: "sqlalchemy-engine",
  symbols: { ...engines, ...around },
  ducks: [
    {
      methods: ["execute", "exec_driver_sql", "scalar"],
      receiver: /^(.*_)?(engine|eng)\d?(\(\))?$/i,
      model: runsStatement(RESULT),
    },
    { methods: ["exec_driver_sql"], receiver: /./, model: { call: { sinks: STATEMENT } } },
  ],
};
