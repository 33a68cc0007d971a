// Tortoise ORM: models, lookups, raw SQL, transactions.
// Facts: https://tortoise.github.io/query.html, https://tortoise.github.io/connections.html,
// https://tortoise.github.io/transactions.html
import { argument, each, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { gives, named } from "./shapes.js";

const CLIENT = "tortoise.backends.base.client.BaseDBAsyncClient";
const MODEL = "tortoise.models.Model";
const QUERY = "tortoise.queryset.QuerySet";

function runs(name: string, more: NonNullable<SymbolModel["call"]> = {}): SymbolModel {
  return {
    call: {
      sinks: [{ kind: "sql", argument: argument(0, name) }],
      propagates: "none",
      waits: { on: "database" },
      ...more,
    },
  };
}
const ASKS: SymbolModel = { call: { propagates: "none", waits: { on: "database" } } };
const LOOKS_UP: SymbolModel = {
  call: {
    sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }],
    propagates: "none",
    waits: { on: "database" },
  },
};
const FILTERS = gives(QUERY, { sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }] });
const PICKS = gives(QUERY, { sinks: [{ kind: "sql-identifier", argument: rest(0) }] });
const ASSIGNS: SymbolModel = {
  call: {
    sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
    propagates: "none",
    waits: { on: "database" },
  },
};

function tortoiseQueries(type: string): Record<string, SymbolModel> {
  return {
    [`${type}.raw`]: runs("sql"),
    ...each(type, "filter exclude annotate", FILTERS),
    ...each(type, "order_by values values_list only", PICKS),
    ...each(type, "all limit offset distinct prefetch_related select_related using_db", gives(QUERY)),
    ...each(type, "get get_or_none", LOOKS_UP),
    ...each(type, "create get_or_create update_or_create update", ASSIGNS),
    ...each(type, "count exists first delete save bulk_create bulk_update refresh_from_db", ASKS),
    [`${type}.select_for_update`]: gives(QUERY, { acquires: "row-lock" }),
  };
}

const symbols: Record<string, SymbolModel> = {
  ...named(
    [
      "tortoise.Tortoise.get_connection",
      "tortoise.connection.get_connection",
      "tortoise.connections.get",
      "tortoise.connection.connections.get",
    ],
    gives(CLIENT),
  ),
  [CLIENT]: {},
  [`${CLIENT}.execute_query`]: runs("query", { source: "database" }),
  [`${CLIENT}.execute_query_dict`]: runs("query", { source: "database" }),
  [`${CLIENT}.execute_insert`]: runs("query"),
  [`${CLIENT}.execute_many`]: runs("query"),
  [`${CLIENT}.execute_script`]: runs("query"),
  "tortoise.transactions.in_transaction": {
    call: { propagates: "none", returns: CLIENT, acquires: "transaction" },
    holds: "transaction",
  },
  "tortoise.transactions.atomic": { call: { propagates: "none" }, holds: "transaction" },
  "tortoise.expressions.RawSQL": runs("sql", { returns: "tortoise.expressions.RawSQL" }),
  ...named(["tortoise.expressions.Q", "tortoise.query_utils.Q"], LOOKS_UP),
  [MODEL]: {
    call: {
      sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
      propagates: "none",
      returns: MODEL,
    },
  },
  "tortoise.Model": { extends: [MODEL] },
  ...tortoiseQueries(MODEL),
  [`${MODEL}.update_from_dict`]: {
    call: { sinks: [{ kind: "mass-assignment", argument: argument(0, "data") }], propagates: "none" },
  },
  [QUERY]: {},
  ...tortoiseQueries(QUERY),
};

export const tortoise: LibraryModel = {
  library: "tortoise",
  symbols,
  ducks: [
    {
      methods: ["execute_query", "execute_query_dict", "execute_insert", "execute_script"],
      receiver: /^(.*_)?(con|conn|connection|client|db|database|tx|txn|transaction)\d?(\(\))?$/i,
      model: runs("query"),
    },
  ],
};
