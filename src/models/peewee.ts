// peewee: databases, models, raw SQL.
// Facts: https://docs.peewee-orm.com/en/latest/peewee/api.html
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { ANY_CONNECTION, ANY_CURSOR, connects } from "./pep249.js";
import { gives, likeType, named, RELEASES, SILENT } from "./shapes.js";

const DATABASE = "peewee.Database";
const MODEL = "peewee.Model";
const QUERY = "peewee.ModelSelect";
const BACKENDS = [
  ..."peewee.SqliteDatabase peewee.MySQLDatabase peewee.PostgresqlDatabase peewee.Proxy peewee.DatabaseProxy".split(
    " ",
  ),
  ..."playhouse.apsw_ext.APSWDatabase playhouse.cockroachdb.CockroachDatabase".split(" "),
  ..."playhouse.postgres_ext.PostgresqlExtDatabase playhouse.sqlite_ext.SqliteExtDatabase".split(" "),
  ..."playhouse.mysql_ext.MySQLConnectorDatabase playhouse.mysql_ext.MariaDBConnectorDatabase".split(" "),
  ..."playhouse.pool.PooledMySQLDatabase playhouse.pool.PooledPostgresqlDatabase".split(" "),
  ..."playhouse.pool.PooledSqliteDatabase playhouse.pool.PooledPostgresqlExtDatabase".split(" "),
  ..."playhouse.sqliteq.SqliteQueueDatabase playhouse.sqlcipher_ext.SqlCipherDatabase".split(" "),
];

const TRANSACTION: SymbolModel = {
  call: { propagates: "none", acquires: "transaction", returns: "peewee._atomic" },
  holds: "transaction",
};
const ASSIGNS: SymbolModel = {
  call: {
    sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
    propagates: "none",
    waits: { on: "database" },
  },
};
const ASKS: SymbolModel = { call: { propagates: "none", waits: { on: "database" } } };

export const peewee: LibraryModel = {
  library: "peewee",
  symbols: {
    [DATABASE]: {},
    [`${DATABASE}.execute_sql`]: {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "sql") }],
        propagates: "none",
        returns: ANY_CURSOR,
        waits: { on: "database" },
      },
    },
    [`${DATABASE}.execute`]: ASKS,
    ...each(DATABASE, "atomic transaction savepoint manual_commit", TRANSACTION),
    "peewee._atomic": { holds: "transaction" },
    ...each("peewee._atomic", "commit rollback", ASKS),
    [`${DATABASE}.connection_context`]: { call: { propagates: "none" }, holds: "connection" },
    [`${DATABASE}.connect`]: {
      call: { propagates: "none", acquires: "connection", waits: { on: "network" } },
    },
    [`${DATABASE}.close`]: RELEASES,
    [`${DATABASE}.connection`]: connects(ANY_CONNECTION),
    [`${DATABASE}.cursor`]: gives(ANY_CURSOR, { acquires: "cursor" }),
    ...named(BACKENDS, likeType(DATABASE)),
    "playhouse.db_url.connect": gives(DATABASE),
    "peewee.SQL": {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "sql") }],
        propagates: "none",
        returns: "peewee.SQL",
      },
    },
    "peewee.RawQuery": {
      call: { sinks: [{ kind: "sql", argument: argument(0, "sql") }], propagates: "none", returns: QUERY },
    },
    "peewee.Check": {
      call: { sinks: [{ kind: "sql", argument: argument(0, "constraint") }], propagates: "none" },
    },
    "peewee.NodeList": SILENT,
    [MODEL]: {
      call: {
        sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
        propagates: "none",
        returns: MODEL,
      },
    },
    "playhouse.signals.Model": likeType(MODEL),
    [`${MODEL}.raw`]: gives(QUERY, {
      sinks: [{ kind: "sql", argument: argument(0, "sql") }],
    }),
    ...each(MODEL, "select select_extend alias delete", gives(QUERY)),
    ...each(MODEL, "create insert update replace get_or_create", ASSIGNS),
    ...each(MODEL, "get get_or_none get_by_id save delete_instance bulk_create", ASKS),
    ...each(
      MODEL,
      "filter",
      gives(QUERY, { sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }] }),
    ),
    [QUERY]: {},
    ...each(
      QUERY,
      "where orwhere join switch group_by having limit offset distinct paginate dicts tuples objects on_conflict",
      gives(QUERY),
    ),
    ...each(QUERY, "order_by", gives(QUERY, { sinks: [{ kind: "sql-identifier", argument: rest(0) }] })),
    [`${QUERY}.for_update`]: gives(QUERY, { acquires: "row-lock" }),
    ...each(QUERY, "execute get first count exists scalar", ASKS),
    [`${QUERY}.filter`]: gives(QUERY, {
      sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }],
    }),
    "playhouse.shortcuts.dict_to_model": {
      call: { sinks: [{ kind: "mass-assignment", argument: argument(1, "data") }], propagates: "none" },
    },
    "playhouse.shortcuts.update_model_from_dict": {
      call: { sinks: [{ kind: "mass-assignment", argument: argument(1, "data") }], propagates: "none" },
    },
    "playhouse.dataset.DataSet": {},
    "playhouse.dataset.DataSet.query": {
      call: {
        sinks: [
          { kind: "sql", argument: argument(0, "sql") },
          { kind: "sql", argument: keyword("query") },
        ],
        propagates: "none",
        source: "database",
      },
    },
  },
  ducks: [
    {
      methods: ["execute_sql"],
      receiver: /./,
      model: {
        call: {
          sinks: [{ kind: "sql", argument: argument(0, "sql") }],
          propagates: "none",
          returns: ANY_CURSOR,
        },
      },
    },
  ],
};
