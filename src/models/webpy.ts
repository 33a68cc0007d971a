// web.py: the request of the current thread, redirects, and its database with SQL in keyword arguments.
// Facts: https://webpy.org/docs/0.3/api, https://webpy.org/cookbook/, and web/webapi.py, web/db.py of version 0.62
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { does, gives, passes, sourced, text, yields } from "./shorthand.js";
import { cookieFlags } from "./web.js";

const DATABASE = "web.db.DB";
const ROWS = "web.db.ResultSet";

const request: Record<string, SymbolModel> = {
  ...each("web", "input data cookies rawinput", yields("http-request")),
  ...each("web.webapi", "input data cookies rawinput", yields("http-request")),
  ...each("web.ctx", "path query fullpath homepath home host realhome env environ", sourced("http-request")),
};

/** A URL of the client's in any of these sends the browser where the client wants. */
const redirects = does({ sinks: [{ kind: "redirect", argument: argument(0, "url") }] });

const answers: Record<string, SymbolModel> = {
  ...each("web", "seeother redirect found tempredirect Redirect SeeOther Found TempRedirect", redirects),
  "web.setcookie": does({
    misuses: cookieFlags(argument(4, "secure"), argument(5, "httponly")),
  }),
  ...each("web", "websafe htmlquote", { call: { propagates: [argument(0)], sanitizes: ["html", "xml"] } }),
  "web.urlquote": { call: { propagates: [argument(0)], sanitizes: ["url", "redirect", "html", "header"] } },
};

/** What stands in these is SQL; `$name` in it is filled in by the driver, from `vars`. */
const sql = (names: string, first: readonly SinkModel[]): readonly SinkModel[] => [
  ...first,
  ...names.split(" ").map((name) => ({ kind: "sql", argument: keyword(name) }) as const),
];
const at = (position: number, name: string): readonly SinkModel[] => [
  { kind: "sql", argument: argument(position, name) },
];
const rows = (sinks: readonly SinkModel[]): SymbolModel => gives(ROWS, { source: "database", sinks });

const database: Record<string, SymbolModel> = {
  "web.database": gives(DATABASE),
  "web.db.database": gives(DATABASE),
  [DATABASE]: {},
  [`${DATABASE}.query`]: rows(at(0, "sql_query")),
  [`${DATABASE}.select`]: rows(sql("what where order group limit offset", at(0, "tables"))),
  [`${DATABASE}.where`]: rows(sql("what order group limit offset", at(0, "table"))),
  [`${DATABASE}.delete`]: does({ sinks: sql("where using", at(0, "table")) }),
  [`${DATABASE}.update`]: does({ sinks: sql("where", at(0, "tables")) }),
  [`${DATABASE}.insert`]: does({ sinks: at(0, "tablename") }),
  [`${DATABASE}.multiple_insert`]: does({ sinks: at(0, "tablename") }),
  [ROWS]: {},
  ...each(ROWS, "list first __getitem__ __iter__", passes("receiver")),
  // A value that goes to the driver beside the text.
  ...each("web", "sqlquote sqlparam SQLParam", { call: { propagates: [argument(0)], sanitizes: ["sql"] } }),
  ...each("web.db", "sqlquote sqlparam SQLParam", {
    call: { propagates: [argument(0)], sanitizes: ["sql"] },
  }),
  ...each("web", "reparam", text(argument(0))),
};

export const webpy: LibraryModel = {
  library: "web.py",
  symbols: { ...request, ...answers, ...database },
};
