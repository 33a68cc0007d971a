// The database half of Django: managers, query sets, expressions, raw SQL, connections, transactions, migrations.
// Facts: https://docs.djangoproject.com/en/stable/ref/models/querysets/, https://docs.djangoproject.com/en/stable/topics/db/sql/,
// https://docs.djangoproject.com/en/stable/topics/db/transactions/, https://nvd.nist.gov/vuln/detail/CVE-2022-28346 (names
// given to annotate), https://nvd.nist.gov/vuln/detail/CVE-2021-35042 (order_by)
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { cursorMembers } from "./pep249.js";
import { gives, likeType, memberOfType, named, RELEASES, SILENT } from "./shapes.js";

const MODEL = "django.db.models.Model";
const QUERY_SET = "django.db.models.query.QuerySet";
const MANAGER = "django.db.models.Manager";
const EXPRESSION = "django.db.models.Expression";
const CONNECTION = "django.db.backends.base.base.BaseDatabaseWrapper";
const CURSOR = "django.db.backends.utils.CursorWrapper";

const RAW = gives("django.db.models.query.RawQuerySet", {
  sinks: [{ kind: "sql", argument: argument(0, "raw_query") }],
});
/** Values go into the statement as they are; only select_params and params are bound. */
const EXTRA = gives(QUERY_SET, {
  sinks: [
    { kind: "sql", argument: argument(0, "select") },
    { kind: "sql", argument: argument(1, "where") },
    { kind: "sql-identifier", argument: argument(3, "tables") },
    { kind: "sql-identifier", argument: argument(4, "order_by") },
  ],
});
/** `filter(**request.GET)`: the client picks the columns, and follows relations to those of other tables. */
const FILTERS = gives(QUERY_SET, {
  sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }],
});
/** The client picks what is sorted by or shown: also columns of related tables. */
const PICKS_FIELDS = gives(QUERY_SET, {
  sinks: [{ kind: "sql-identifier", argument: rest(0) }],
});
const ASSIGNS: SymbolModel = {
  call: {
    sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
    propagates: "none",
    waits: { on: "database" },
  },
};
const ASKS: SymbolModel = { call: { propagates: "none", waits: { on: "database" } } };
/** One object by columns that the client must not pick. */
const LOOKS_UP: SymbolModel = {
  call: {
    sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }],
    propagates: "none",
    waits: { on: "database" },
  },
};

const STEPS =
  "all none distinct reverse using select_related prefetch_related defer only union intersection difference complex_filter " +
  "iterator dates datetimes get_queryset db_manager as_manager";
const ASYNC = "acount aexists afirst alast alatest aearliest aaggregate adelete abulk_create abulk_update";

function querySet(type: string): Record<string, SymbolModel> {
  return {
    [`${type}.raw`]: RAW,
    [`${type}.extra`]: EXTRA,
    ...each(type, STEPS, gives(QUERY_SET)),
    ...each(type, "filter exclude annotate alias", FILTERS),
    ...each(type, "order_by values values_list", PICKS_FIELDS),
    ...each(type, "get aget", LOOKS_UP),
    ...each(
      type,
      "create acreate update aupdate get_or_create aget_or_create update_or_create aupdate_or_create",
      ASSIGNS,
    ),
    ...each(
      type,
      "count exists first last latest earliest aggregate delete in_bulk bulk_create bulk_update",
      ASKS,
    ),
    ...each(type, ASYNC, ASKS),
    [`${type}.select_for_update`]: gives(QUERY_SET, { acquires: "row-lock" }),
  };
}

const querying: Record<string, SymbolModel> = {
  [QUERY_SET]: {},
  ...querySet(QUERY_SET),
  "django.db.models.QuerySet": likeType(QUERY_SET),
  "django.db.models.query.RawQuerySet": {},
  [MANAGER]: {},
  ...querySet(MANAGER),
  "django.db.models.manager.Manager": likeType(MANAGER),
  "django.db.models.manager.BaseManager": likeType(MANAGER),
  [`${MANAGER}.from_queryset`]: gives(`${MANAGER}.from_queryset()`),
  [`${MANAGER}.from_queryset()`]: likeType(MANAGER),
};

const models: Record<string, SymbolModel> = {
  [MODEL]: {
    call: {
      sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
      propagates: "none",
      returns: MODEL,
    },
  },
  ...each(MODEL, "objects _default_manager _base_manager", memberOfType(MANAGER)),
  ...each(MODEL, "save delete refresh_from_db full_clean clean asave adelete arefresh_from_db", ASKS),
  ...each(MODEL, "pk id", SILENT),
  "django.db.models.base.Model": likeType(MODEL),
  "django.contrib.gis.db.models.Model": likeType(MODEL),
  "mptt.models.MPTTModel": likeType(MODEL),
};

const expressions: Record<string, SymbolModel> = {
  [EXPRESSION]: {},
  ...named(
    ["django.db.models.expressions.RawSQL", "django.db.models.RawSQL"],
    gives(EXPRESSION, { sinks: [{ kind: "sql", argument: argument(0, "sql") }] }),
  ),
  // The name of the function and the template of the call are pasted in.
  ...named(
    ["django.db.models.Func", "django.db.models.expressions.Func", "django.db.models.Aggregate"],
    gives(EXPRESSION, {
      sinks: [
        { kind: "sql", argument: keyword("template") },
        { kind: "sql", argument: keyword("function") },
      ],
    }),
  ),
  ...each(
    "django.db.models",
    "Count Sum Avg Min Max Value Case When Exists OuterRef Subquery Prefetch ExpressionWrapper Window",
    gives(EXPRESSION),
  ),
  ...named(
    ["django.db.models.Q", "django.db.models.query_utils.Q"],
    gives(EXPRESSION, { sinks: [{ kind: "sql-identifier", argument: { unpacked: "mapping" } }] }),
  ),
  ...named(
    ["django.db.models.F", "django.db.models.expressions.F"],
    gives(EXPRESSION, { sinks: [{ kind: "sql-identifier", argument: argument(0, "name") }] }),
  ),
  ...each(
    "django.db.models.functions",
    "Lower Upper Concat Coalesce Cast Length Substr Trim Now Greatest Least",
    gives(EXPRESSION),
  ),
  ...each("django.contrib.postgres.search", "SearchVector SearchRank TrigramSimilarity", gives(EXPRESSION)),
};

const connections: Record<string, SymbolModel> = {
  ...named(
    ["django.db.connection", "django.db.transaction.connection", "django.db.backends.connection"],
    memberOfType(CONNECTION),
  ),
  "django.db.connections": memberOfType("django.db.utils.ConnectionHandler"),
  "django.db.utils.ConnectionHandler": { elements: CONNECTION },
  "django.db.transaction.get_connection": gives(CONNECTION),
  [CONNECTION]: {},
  [`${CONNECTION}.cursor`]: gives(CURSOR, { acquires: "cursor" }),
  [`${CONNECTION}.schema_editor`]: gives("django.db.backends.base.schema.BaseDatabaseSchemaEditor", {
    acquires: "transaction",
  }),
  [`${CONNECTION}.ops`]: memberOfType("django.db.backends.base.operations.BaseDatabaseOperations"),
  [`${CONNECTION}.close`]: RELEASES,
  "django.db.backends.base.operations.BaseDatabaseOperations": {},
  "django.db.backends.base.operations.BaseDatabaseOperations.quote_name": {
    call: { propagates: [argument(0)], sanitizes: ["sql", "sql-identifier"] },
  },
  "django.db.backends.base.schema.BaseDatabaseSchemaEditor": {},
  "django.db.backends.base.schema.BaseDatabaseSchemaEditor.execute": {
    call: { sinks: [{ kind: "sql", argument: argument(0, "sql") }], propagates: "none" },
  },
  "django.db.backends.base.schema.BaseDatabaseSchemaEditor.quote_name": {
    call: { propagates: [argument(0)], sanitizes: ["sql", "sql-identifier"] },
  },
  ...cursorMembers(CURSOR),
};

const ATOMIC: SymbolModel = {
  call: { propagates: "none", acquires: "transaction", returns: "django.db.transaction.Atomic" },
  holds: "transaction",
};
const transactions: Record<string, SymbolModel> = {
  "django.db.transaction.atomic": ATOMIC,
  // Until 1.7.
  "django.db.transaction.commit_on_success": ATOMIC,
  "django.db.transaction.commit_manually": ATOMIC,
  "django.db.transaction.Atomic": { holds: "transaction" },
  ...each("django.db.transaction", "commit rollback savepoint savepoint_commit savepoint_rollback", ASKS),
  "django.db.transaction.set_autocommit": SILENT,
  "django.db.transaction.set_rollback": SILENT,
  "django.db.transaction.on_commit": SILENT,
};

const migrations: Record<string, SymbolModel> = {
  ...named(["django.db.migrations.RunSQL", "django.db.migrations.operations.RunSQL"], {
    call: {
      sinks: [
        { kind: "sql", argument: argument(0, "sql") },
        { kind: "sql", argument: argument(1, "reverse_sql") },
      ],
      propagates: "none",
    },
  }),
};

/** Managers whose class is not known: `author.books`, `self.get_queryset()`. */
const QUERY_SETS =
  /^(objects|.*_?(manager|queryset|query_set|qs)|.*_set|filter\(\)|all\(\)|exclude\(\))(\(\))?$/i;

export const djangoOrm: LibraryModel = {
  library: "django-orm",
  symbols: {
    ...querying,
    ...models,
    ...expressions,
    ...connections,
    ...transactions,
    ...migrations,
  },
  ducks: [
    { methods: ["raw"], receiver: QUERY_SETS, model: RAW },
    { methods: ["extra"], receiver: QUERY_SETS, model: EXTRA },
    {
      methods: ["quote_name"],
      receiver: /^(ops|schema_editor|connection)$/,
      model: connections["django.db.backends.base.operations.BaseDatabaseOperations.quote_name"]!,
    },
  ],
};
