// Analytical databases: ClickHouse, Snowflake, DuckDB, BigQuery, Spark SQL.
// Facts: https://clickhouse-driver.readthedocs.io/en/latest/api.html,
// https://clickhouse.com/docs/integrations/language-clients/python/driver-api,
// https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-api,
// https://duckdb.org/docs/stable/clients/python/reference/, https://cloud.google.com/python/docs/reference/bigquery/latest,
// https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/
import { argument, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { connects, driver, QUERIES_ROWS, runsStatement } from "./pep249.js";
import { gives, likeType, named, RELEASES, ROWS } from "./shapes.js";

function below(type: string, names: string, model: SymbolModel): Record<string, SymbolModel> {
  return named(
    names.split(" ").map((name) => `${type}.${name}`),
    model,
  );
}

function clickhouseDriver(client: string): Record<string, SymbolModel> {
  return {
    [client]: connects(client),
    [`${client}.from_url`]: connects(client),
    [`${client}.disconnect`]: RELEASES,
    ...below(
      client,
      "execute execute_with_progress execute_iter query_dataframe query_arrow query_arrow_stream",
      QUERIES_ROWS,
    ),
    [`${client}.insert_dataframe`]: runsStatement(),
  };
}

const CONNECT_CLIENT = "clickhouse_connect.driver.Client";
const clickhouse: Record<string, SymbolModel> = {
  ...clickhouseDriver("clickhouse_driver.Client"),
  "clickhouse_driver.client.Client": likeType("clickhouse_driver.Client"),
  ...clickhouseDriver("aioch.Client"),
  "clickhouse_driver.connect": connects("clickhouse_driver.dbapi.connection.Connection"),
  "clickhouse_driver.dbapi.connect": connects("clickhouse_driver.dbapi.connection.Connection"),
  ...driver("clickhouse_driver.dbapi.connection.Connection", "clickhouse_driver.dbapi.cursor.Cursor"),
  ...named(
    [
      "clickhouse_connect.get_client",
      "clickhouse_connect.create_client",
      "clickhouse_connect.get_async_client",
    ],
    connects(CONNECT_CLIENT),
  ),
  [CONNECT_CLIENT]: {},
  [`${CONNECT_CLIENT}.close`]: RELEASES,
  ...below(
    CONNECT_CLIENT,
    "query query_np query_df query_arrow query_df_arrow raw_query raw_stream query_rows_stream query_df_stream",
    QUERIES_ROWS,
  ),
  [`${CONNECT_CLIENT}.command`]: {
    call: {
      sinks: [{ kind: "sql", argument: argument(0, "cmd") }],
      source: "database",
      propagates: "none",
    },
  },
};

const SNOWFLAKE = "snowflake.connector.SnowflakeConnection";
const SNOWFLAKE_CURSOR = "snowflake.connector.cursor.SnowflakeCursor";
const snowflake: Record<string, SymbolModel> = {
  "snowflake.connector.connect": connects(SNOWFLAKE),
  ...driver(SNOWFLAKE, SNOWFLAKE_CURSOR),
  "snowflake.connector.connection.SnowflakeConnection": likeType(SNOWFLAKE),
  [`${SNOWFLAKE}.execute_string`]: {
    call: { sinks: [{ kind: "sql", argument: argument(0, "sql_text") }], propagates: "none" },
  },
  [`${SNOWFLAKE_CURSOR}.execute_async`]: runsStatement(),
  [`${SNOWFLAKE_CURSOR}.describe`]: runsStatement(),
  [`${SNOWFLAKE_CURSOR}.fetch_pandas_all`]: ROWS,
  "snowflake.connector.cursor.DictCursor": likeType(SNOWFLAKE_CURSOR),
  "snowflake.snowpark.Session": {},
  "snowflake.snowpark.Session.sql": runsStatement("snowflake.snowpark.DataFrame"),
};

const DUCK = "duckdb.DuckDBPyConnection";
const RELATION = "duckdb.DuckDBPyRelation";
/** Functions of the module run on a default connection. */
function duckRunners(owner: string): Record<string, SymbolModel> {
  return {
    ...below(owner, "execute executemany", runsStatement(DUCK)),
    ...below(owner, "sql query from_query", runsStatement(RELATION)),
    ...below(owner, "fetchone fetchmany fetchall fetchdf fetch_df df fetchnumpy arrow pl", ROWS),
  };
}
/** Text of SQL, pasted into the statement. */
const EXPRESSION: SymbolModel = {
  call: {
    sinks: [
      { kind: "sql", argument: rest(0) },
      { kind: "sql", argument: keyword("filter_expr") },
    ],
    propagates: "none",
    returns: RELATION,
  },
};
const duckdb: Record<string, SymbolModel> = {
  "duckdb.connect": connects(DUCK, {
    sinks: [{ kind: "path", argument: argument(0, "database") }],
    waits: { on: "disk" },
  }),
  ...duckRunners("duckdb"),
  [DUCK]: {},
  ...duckRunners(DUCK),
  [`${DUCK}.cursor`]: gives(DUCK, { acquires: "cursor" }),
  [`${DUCK}.close`]: RELEASES,
  [`${DUCK}.load_extension`]: {
    call: { sinks: [{ kind: "code", argument: argument(0, "extension") }], propagates: "none" },
  },
  [RELATION]: {},
  ...below(RELATION, "filter project aggregate order", EXPRESSION),
  ...below(RELATION, "fetchone fetchmany fetchall fetchdf df to_df fetchnumpy arrow pl", ROWS),
};

const bigquery: Record<string, SymbolModel> = {
  "google.cloud.bigquery.Client": {},
  "google.cloud.bigquery.Client.query": runsStatement("google.cloud.bigquery.QueryJob"),
  "google.cloud.bigquery.Client.query_and_wait": QUERIES_ROWS,
  "google.cloud.bigquery.Client.query_and_wait_into": QUERIES_ROWS,
  "google.cloud.bigquery.QueryJob": {},
  "google.cloud.bigquery.QueryJob.result": {
    call: {
      source: "database",
      propagates: "none",
      waits: { on: "database", timeout: keyword("timeout") },
    },
  },
  "google.cloud.bigquery.QueryJob.to_dataframe": ROWS,
};

const spark: Record<string, SymbolModel> = {
  "pyspark.sql.SparkSession": {},
  "pyspark.sql.SparkSession.sql": {
    call: {
      sinks: [{ kind: "sql", argument: argument(0, "sqlQuery") }],
      propagates: "none",
      returns: "pyspark.sql.DataFrame",
    },
  },
  "pyspark.sql.functions.expr": {
    call: { sinks: [{ kind: "sql", argument: argument(0, "str") }], propagates: "none" },
  },
  "pyspark.sql.DataFrame": {},
  "pyspark.sql.DataFrame.selectExpr": {
    call: {
      sinks: [{ kind: "sql", argument: rest(0) }],
      propagates: "none",
      returns: "pyspark.sql.DataFrame",
    },
  },
};

export const warehouses: LibraryModel = {
  library: "warehouses",
  symbols: { ...clickhouse, ...snowflake, ...duckdb, ...bigquery, ...spark },
  ducks: [
    {
      methods: ["sql"],
      receiver: /^(.*_)?spark(_session)?$/i,
      model: runsStatement("pyspark.sql.DataFrame"),
    },
  ],
};
