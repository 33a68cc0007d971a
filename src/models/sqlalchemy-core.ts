// SQLAlchemy Core: textual SQL, and the statements put together from tables, columns and functions.
// Facts: https://docs.sqlalchemy.org/en/20/core/, https://docs.sqlalchemy.org/en/13/core/connections.html,
// https://nvd.nist.gov/vuln/detail/CVE-2019-7164 (strings in order_by), https://docs.sqlalchemy.org/en/13/core/tutorial.html#using-textual-sql
import {
  argument,
  type Condition,
  each,
  keyword,
  type LibraryModel,
  rest,
  type SinkModel,
  type SymbolModel,
} from "./model.js";
import { gives, isBuiltText, memberOfType, named, PASSES_RECEIVER, SILENT } from "./shapes.js";

const EXPRESSION = "sqlalchemy.sql.expression.ClauseElement";
export const STATEMENT_TYPE = "sqlalchemy.sql.expression.Select";
const COLUMN = "sqlalchemy.Column";
const TABLE = "sqlalchemy.Table";

/** Modules that export the same functions. */
const MODULES = ["sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression", "sqlalchemy.future"];

function everywhere(names: string, model: SymbolModel): Record<string, SymbolModel> {
  return named(
    MODULES.flatMap((module) => names.split(" ").map((name) => `${module}.${name}`)),
    model,
  );
}

const TEXT: SymbolModel = gives(EXPRESSION, {
  sinks: [{ kind: "sql", argument: argument(0, "text") }],
});

/** Until 1.3 such strings became SQL; later ones refuse them. An expression object is no text. */
const textual = (index: number): SinkModel => {
  const when: readonly Condition[] = [isBuiltText(argument(index))];
  return { kind: "sql", argument: argument(index), when };
};
/** Ordering by a client's string: any column and label, and before 1.3 any SQL. */
const ORDERS: readonly SinkModel[] = [{ kind: "sql-identifier", argument: rest(0) }];
/** Raw text beside the statement: hints, prefixes. */
const RAW_FIRST: readonly SinkModel[] = [{ kind: "sql", argument: argument(0) }];

const HARMLESS_STEPS =
  "join outerjoin select_from distinct limit offset slice options params correlate subquery cte alias union " +
  "union_all intersect except_ add_columns column columns with_only_columns execution_options returning " +
  "from_select on_conflict_do_nothing on_conflict_do_update on_duplicate_key_update fetch exists scalar_subquery " +
  "as_scalar label lateral compile bindparams with_entities reset_joinpoint enable_eagerloads populate_existing " +
  "yield_per autoflush execution_options join_from add_cte tablesample";

/** Methods by which statements and queries grow. Values become bind parameters. */
export function generative(type: string): Record<string, SymbolModel> {
  const step = (sinks: readonly SinkModel[]): SymbolModel => gives(type, { sinks });
  return {
    ...each(type, HARMLESS_STEPS, gives(type)),
    ...each(type, "where filter having", step([textual(0), textual(1)])),
    [`${type}.filter_by`]: step([{ kind: "sql-identifier", argument: { unpacked: "mapping" } }]),
    [`${type}.values`]: step([{ kind: "mass-assignment", argument: { unpacked: "mapping" } }]),
    ...each(type, "order_by group_by", step(ORDERS)),
    ...each(type, "prefix_with suffix_with with_statement_hint", step(RAW_FIRST)),
    [`${type}.with_hint`]: step([{ kind: "sql", argument: argument(1, "text") }]),
    [`${type}.with_for_update`]: gives(type, { acquires: "row-lock" }),
    [`${type}.with_lockmode`]: gives(type, { acquires: "row-lock" }),
  };
}

const statements: Record<string, SymbolModel> = {
  [EXPRESSION]: {},
  [STATEMENT_TYPE]: {},
  ...generative(STATEMENT_TYPE),
  ...everywhere("text", TEXT),
  ...everywhere("TextClause", TEXT),
  ...everywhere("literal_column", TEXT),
  "sqlalchemy.sql.elements.TextClause": TEXT,
  "sqlalchemy.schema.DDL": gives(EXPRESSION, {
    sinks: [{ kind: "sql", argument: argument(0, "statement") }],
  }),
  "sqlalchemy.DDL": { alias: "sqlalchemy.schema.DDL" },
  // Only where the name is taken as it is; otherwise it is quoted.
  ...everywhere(
    "column",
    gives(COLUMN, {
      sinks: [
        {
          kind: "sql",
          argument: argument(0, "text"),
          when: [{ argument: keyword("is_literal"), is: [true] }],
        },
      ],
    }),
  ),
  ...everywhere("select insert update delete union union_all exists values", gives(STATEMENT_TYPE)),
  ...each("sqlalchemy.dialects.postgresql", "insert", gives(STATEMENT_TYPE)),
  ...each("sqlalchemy.dialects.mysql", "insert", gives(STATEMENT_TYPE)),
  ...each("sqlalchemy.dialects.sqlite", "insert", gives(STATEMENT_TYPE)),
  ...everywhere(
    "and_ or_ not_ bindparam literal case cast type_coerce extract between tuple_ null true false over distinct any_ all_ collate",
    gives(EXPRESSION),
  ),
  // A string names a column here, as in order_by.
  ...everywhere("asc desc nullsfirst nullslast nulls_first nulls_last", {
    call: { propagates: [argument(0)] },
  }),
  ...each(EXPRESSION, "bindparams columns label as_ alias op execution_options", gives(EXPRESSION)),
};

/** Operators of columns, which bind what they are given. */
const OPERATORS =
  "like ilike notlike not_like notilike not_ilike in_ notin_ not_in is_ isnot is_not is_distinct_from between " +
  "startswith endswith contains icontains match regexp_match regexp_replace op bool_op concat label asc desc " +
  "nullsfirst nullslast nulls_first nulls_last any has overlap distinct collate cast any_ all_ operate astext";

const columns: Record<string, SymbolModel> = {
  [COLUMN]: gives(COLUMN),
  ...each(COLUMN, OPERATORS, gives(EXPRESSION)),
  "sqlalchemy.schema.Column": gives(COLUMN),
  "sqlalchemy.orm.mapped_column": gives(COLUMN),
  "sqlalchemy.orm.column_property": gives(COLUMN),
  "sqlalchemy.orm.relationship": gives(COLUMN),
  "sqlalchemy.orm.synonym": gives(COLUMN),
  [TABLE]: gives(TABLE),
  "sqlalchemy.schema.Table": gives(TABLE),
  ...everywhere("table", gives(TABLE)),
  ...each(TABLE, "select insert update delete join outerjoin alias", gives(STATEMENT_TYPE)),
  [`${TABLE}.c`]: memberOfType("sqlalchemy.sql.ColumnCollection"),
  [`${TABLE}.columns`]: memberOfType("sqlalchemy.sql.ColumnCollection"),
  [`${STATEMENT_TYPE}.c`]: memberOfType("sqlalchemy.sql.ColumnCollection"),
  "sqlalchemy.sql.ColumnCollection": { otherMembers: COLUMN, elements: COLUMN },
};

const FUNCTIONS =
  "lower upper coalesce count max min sum avg now concat concat_ws date date_trunc date_part cast substr substring " +
  "length char_length trim ltrim rtrim replace random rand row_number rank dense_rank array_agg string_agg " +
  "group_concat json_extract json_extract_path_text jsonb_extract_path_text to_tsquery to_tsvector " +
  "plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd similarity word_similarity " +
  "unaccent abs round floor ceil ifnull nullif strftime extract to_char to_date any unnest greatest least";

const functions: Record<string, SymbolModel> = {
  ...everywhere("func", memberOfType("sqlalchemy.sql.functions.FunctionGenerator")),
  "sqlalchemy.sql.functions.FunctionGenerator": { otherMembers: EXPRESSION },
  ...each("sqlalchemy.sql.functions.FunctionGenerator", FUNCTIONS, gives(COLUMN)),
};

/** Values given to these on objects of unknown type become bind parameters. */
const BINDING_STEPS = [
  "where",
  "filter",
  "filter_by",
  "values",
  "having",
  "bindparams",
  "on_conflict_do_update",
];
const COLUMN_OPERATORS = [
  ..."like ilike notlike not_like notilike not_ilike in_ notin_ not_in is_ isnot is_not is_distinct_from".split(
    " ",
  ),
  ..."between has op bool_op regexp_match icontains nullsfirst nullslast nulls_first nulls_last".split(" "),
];

export const sqlalchemyCore: LibraryModel = {
  library: "sqlalchemy-core",
  symbols: { ...statements, ...columns, ...functions },
  ducks: [
    { methods: BINDING_STEPS, receiver: /./, model: PASSES_RECEIVER },
    { methods: COLUMN_OPERATORS, receiver: /./, model: SILENT },
  ],
};
