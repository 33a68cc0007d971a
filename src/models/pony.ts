// Pony ORM: raw SQL and sessions. Queries written as generators bind what they mention.
// Facts: https://docs.ponyorm.org/raw_sql.html, https://docs.ponyorm.org/api_reference.html
import { argument, each, type LibraryModel, type SymbolModel } from "./model.js";
import { memberOfType, SILENT } from "./shapes.js";

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
const DATABASE = "pony.orm.Database";
const symbols: Record<string, SymbolModel> = {
  [DATABASE]: {},
  [`${DATABASE}.select`]: runs("sql", { source: "database" }),
  [`${DATABASE}.get`]: runs("sql", { source: "database" }),
  [`${DATABASE}.exists`]: runs("sql"),
  [`${DATABASE}.execute`]: runs("sql"),
  ...each(DATABASE, "commit rollback flush", ASKS),
  [`${DATABASE}.Entity`]: memberOfType("pony.orm.core.Entity"),
  [`${DATABASE}.Entity.select_by_sql`]: runs("sql"),
  [`${DATABASE}.Entity.get_by_sql`]: runs("sql"),
  "pony.orm.core.Entity": {},
  "pony.orm.core.Entity.select_by_sql": runs("sql"),
  "pony.orm.core.Entity.get_by_sql": runs("sql"),
  "pony.orm.raw_sql": runs("sql", { returns: "pony.orm.RawSQL" }),
  "pony.orm.core.Database": { extends: [DATABASE] },
  "pony.orm.db_session": { call: { propagates: "none", acquires: "transaction" }, holds: "transaction" },
  ...each("pony.orm", "commit rollback flush", ASKS),
  "pony.orm.set_sql_debug": SILENT,
};

export const pony: LibraryModel = {
  library: "pony",
  symbols,
  ducks: [{ methods: ["select_by_sql", "get_by_sql"], receiver: /./, model: runs("sql") }],
};
