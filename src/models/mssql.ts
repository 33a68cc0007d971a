// Drivers for SQL Server and other databases over ODBC: pyodbc, aioodbc, pymssql.
// Facts: https://github.com/mkleehammer/pyodbc/wiki, https://pymssql.readthedocs.io/en/stable/ref/
import { argument, type LibraryModel, type SymbolModel } from "./model.js";
import { connects, driver, runsStatement } from "./pep249.js";
import { gives, likeType, named, RELEASES } from "./shapes.js";

const QUERY: SymbolModel = {
  call: {
    sinks: [{ kind: "sql", argument: argument(0, "query_string") }],
    propagates: "none",
    waits: { on: "database" },
  },
};
const QUERY_ROWS: SymbolModel = { call: { ...QUERY.call, source: "database" } };

export const mssql: LibraryModel = {
  library: "mssql",
  symbols: {
    ...named(["pyodbc.connect", "pypyodbc.connect"], connects("pyodbc.Connection")),
    ...driver("pyodbc.Connection", "pyodbc.Cursor"),
    "pyodbc.Connection.execute": runsStatement("pyodbc.Cursor"),
    "pyodbc.Cursor.fetchval": { call: { source: "database", propagates: "none" } },

    "aioodbc.connect": connects("aioodbc.Connection"),
    "aioodbc.create_pool": gives("aioodbc.Pool"),
    ...driver("aioodbc.Connection", "aioodbc.Cursor"),
    "aioodbc.Connection.execute": runsStatement("aioodbc.Cursor"),
    "aioodbc.Pool": {},
    "aioodbc.Pool.acquire": gives("aioodbc.Connection", { acquires: "connection" }),
    "aioodbc.Pool.release": { call: { propagates: "none", releases: argument(0, "conn") } },
    "aioodbc.Pool.close": RELEASES,

    // login_timeout is 60 seconds by default.
    "pymssql.connect": connects("pymssql.Connection"),
    ...driver("pymssql.Connection", "pymssql.Cursor"),
    "pymssql._pymssql.Connection": likeType("pymssql.Connection"),
    "pymssql._pymssql.Cursor": likeType("pymssql.Cursor"),
    ...named(["_mssql.connect", "pymssql._mssql.connect"], connects("pymssql._mssql.MSSQLConnection")),
    "pymssql._mssql.MSSQLConnection": {},
    "pymssql._mssql.MSSQLConnection.execute_query": QUERY,
    "pymssql._mssql.MSSQLConnection.execute_non_query": QUERY,
    "pymssql._mssql.MSSQLConnection.execute_row": QUERY_ROWS,
    "pymssql._mssql.MSSQLConnection.execute_scalar": QUERY_ROWS,
    "pymssql._mssql.MSSQLConnection.close": RELEASES,
    "pymssql._mssql.quote_simple_value": {
      call: { propagates: [argument(0)], sanitizes: ["sql"] },
    },
  },
};
