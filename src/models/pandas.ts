// pandas: statements to databases, expressions that are evaluated, readers of files and URLs, tables as HTML.
// Facts: https://pandas.pydata.org/docs/reference/io.html, https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.query.html
import { argument, type CallModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, isBuiltText, SILENT } from "./shapes.js";

const FRAME = "pandas.DataFrame";

/** With a connection or an engine; a table's name alone is quoted. */
const READS_SQL: CallModel = {
  sinks: [{ kind: "sql", argument: argument(0, "sql") }],
  source: "database",
  propagates: "none",
  returns: FRAME,
  waits: { on: "database" },
};

/** A name that the program put together is opened; an open file is read. */
function readsFile(name: string): SymbolModel {
  const place = argument(0, name);
  return {
    call: {
      sinks: [{ kind: "path", argument: place, when: [isBuiltText(place)] }],
      source: "file",
      propagates: [place],
      returns: FRAME,
    },
  };
}

const EVALUATES: SymbolModel = {
  call: {
    sinks: [{ kind: "code", argument: argument(0, "expr") }],
    propagates: ["receiver"],
    returns: FRAME,
  },
};

export const pandas: LibraryModel = {
  library: "pandas",
  symbols: {
    ...each("pandas", "read_sql read_sql_query", { call: READS_SQL }),
    ...each("pandas.io.sql", "read_sql read_sql_query read_frame", { call: READS_SQL }),
    "pandas.io.sql.execute": { call: { ...READS_SQL, returns: "pep249.Cursor" } },
    "pandas.read_sql_table": gives(FRAME, { source: "database", waits: { on: "database" } }),
    "pandas.read_gbq": {
      call: { ...READS_SQL, sinks: [{ kind: "sql", argument: argument(0, "query") }] },
    },
    "pandas.read_pickle": {
      call: {
        sinks: [{ kind: "deserialize", argument: argument(0, "filepath_or_buffer") }],
        source: "file",
        propagates: [argument(0, "filepath_or_buffer")],
        returns: FRAME,
      },
    },
    ...each("pandas", "read_csv read_table read_fwf", readsFile("filepath_or_buffer")),
    ...each("pandas", "read_json", readsFile("path_or_buf")),
    ...each("pandas", "read_excel", readsFile("io")),
    ...each("pandas", "read_html", readsFile("io")),
    ...each("pandas", "read_parquet read_feather read_orc", readsFile("path")),
    ...each("pandas", "read_xml", readsFile("path_or_buffer")),
    "pandas.eval": { call: { sinks: [{ kind: "code", argument: argument(0, "expr") }], propagates: "none" } },
    [FRAME]: { call: { propagates: [argument(0, "data")], returns: FRAME } },
    ...each(FRAME, "query eval", EVALUATES),
    ...each(FRAME, "to_sql to_parquet to_feather to_pickle", SILENT),
    [`${FRAME}.to_html`]: { call: { propagates: ["receiver"], sanitizes: ["html"] } },
    [`${FRAME}.to_csv`]: {
      call: {
        sinks: [
          {
            kind: "path",
            argument: argument(0, "path_or_buf"),
            when: [isBuiltText(argument(0, "path_or_buf"))],
          },
        ],
        propagates: ["receiver"],
      },
    },
    [`${FRAME}.to_dict`]: { call: { propagates: ["receiver"] } },
    "polars.read_database": {
      call: {
        sinks: [{ kind: "sql", argument: argument(0, "query") }],
        source: "database",
        propagates: "none",
      },
    },
    "polars.read_database_uri": {
      call: {
        sinks: [
          { kind: "sql", argument: argument(0, "query") },
          { kind: "sql", argument: keyword("sql") },
        ],
        source: "database",
        propagates: "none",
      },
    },
  },
};
