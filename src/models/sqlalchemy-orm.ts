// SQLAlchemy ORM: sessions, queries, mapped classes; and Flask-SQLAlchemy, which wraps both halves in one object.
// Facts: https://docs.sqlalchemy.org/en/20/orm/session_api.html, https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html,
// https://flask-sqlalchemy.readthedocs.io/en/stable/api/
import { argument, type CallModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { runsStatement } from "./pep249.js";
import { gives, likeType, memberOfType, named, RELEASES, SILENT } from "./shapes.js";
import { generative, STATEMENT_TYPE } from "./sqlalchemy-core.js";
import { RESULT } from "./sqlalchemy-engine.js";

const SESSION = "sqlalchemy.orm.Session";
const QUERY = "sqlalchemy.orm.Query";
const ENGINE = "sqlalchemy.engine.Engine";
const FLASK = "flask_sqlalchemy.SQLAlchemy";

const ASKS: SymbolModel = { call: { propagates: "none", waits: { on: "database" } } };
const BEGINS: Partial<CallModel> = { acquires: "transaction", waits: { on: "database" } };
const LOCKS_ROWS: SymbolModel = {
  call: { propagates: "none", waits: { on: "database" } },
};

function session(type: string): Record<string, SymbolModel> {
  return {
    [type]: gives(type, { acquires: "session" }),
    [`${type}.execute`]: runsStatement(RESULT),
    [`${type}.stream`]: runsStatement(RESULT),
    [`${type}.scalars`]: runsStatement(RESULT),
    [`${type}.stream_scalars`]: runsStatement(RESULT),
    [`${type}.scalar`]: runsStatement(undefined, { source: "database" }),
    [`${type}.query`]: gives(QUERY),
    ...each(type, "begin begin_nested", gives("sqlalchemy.orm.SessionTransaction", BEGINS)),
    ...each(type, "commit rollback flush", ASKS),
    ...each(type, "get get_one refresh merge", LOCKS_ROWS),
    ...each(
      type,
      "add add_all delete expire expire_all expunge expunge_all bulk_save_objects bulk_insert_mappings",
      SILENT,
    ),
    [`${type}.connection`]: gives("sqlalchemy.engine.Connection"),
    [`${type}.get_bind`]: gives(ENGINE),
    [`${type}.bind`]: memberOfType(ENGINE),
    ...each(type, "close remove", RELEASES),
  };
}

/** Makes sessions when called. `begin` gives one inside a transaction. */
function maker(type: string, made: string): Record<string, SymbolModel> {
  return {
    [type]: gives(type),
    [`${type}.__call__`]: gives(made, { acquires: "session" }),
    [`${type}.begin`]: gives(made, { acquires: "session" }),
    [`${type}.configure`]: SILENT,
  };
}

const sessions: Record<string, SymbolModel> = {
  ...session(SESSION),
  "sqlalchemy.orm.session.Session": gives(SESSION, { acquires: "session" }),
  ...session("sqlalchemy.ext.asyncio.AsyncSession"),
  "sqlalchemy.orm.SessionTransaction": {},
  ...each("sqlalchemy.orm.SessionTransaction", "commit rollback close", RELEASES),
  ...maker("sqlalchemy.orm.sessionmaker", SESSION),
  "sqlalchemy.orm.session.sessionmaker": gives("sqlalchemy.orm.sessionmaker"),
  "sqlalchemy.orm.create_session": gives(SESSION, { acquires: "session" }),
  ...maker("sqlalchemy.ext.asyncio.async_sessionmaker", "sqlalchemy.ext.asyncio.AsyncSession"),
  // It has the methods of the session that it keeps for the thread, and gives it when called.
  "sqlalchemy.orm.scoped_session": {
    extends: [SESSION],
    call: { returns: "sqlalchemy.orm.scoped_session", propagates: "none" },
  },
  "sqlalchemy.orm.scoped_session.__call__": gives(SESSION),
  "sqlalchemy.orm.scoped_session.query_property": gives(QUERY),
  "sqlalchemy.ext.asyncio.async_scoped_session": likeType("sqlalchemy.ext.asyncio.AsyncSession"),
};

const TERMINALS =
  "all first one one_or_none scalar get count exists delete update get_or_404 first_or_404 one_or_404";

const queries: Record<string, SymbolModel> = {
  [QUERY]: {},
  ...generative(QUERY),
  ...each(QUERY, TERMINALS, ASKS),
  [`${QUERY}.paginate`]: {
    call: {
      propagates: "none",
      waits: { on: "database" },
      sinks: [
        {
          kind: "size",
          argument: argument(1, "per_page"),
          when: [{ argument: keyword("max_per_page"), missing: true, is: [null] }],
        },
      ],
    },
  },
  // Strings were statements until 1.3.
  [`${QUERY}.from_statement`]: gives(QUERY, {
    sinks: [{ kind: "sql", argument: argument(0, "statement") }],
  }),
  [`${STATEMENT_TYPE}.from_statement`]: gives(STATEMENT_TYPE, {
    sinks: [{ kind: "sql", argument: argument(0, "statement") }],
  }),
  "sqlalchemy.orm.query.Query": likeType(QUERY),
  "sqlalchemy.orm.aliased": SILENT,
  ...each("sqlalchemy.orm", "joinedload selectinload subqueryload contains_eager lazyload load_only", SILENT),
};

/** Base of mapped classes: called with keywords, which must not come from a client wholesale. */
const MAPPED = "sqlalchemy.orm.DeclarativeBase";
const mapped: Record<string, SymbolModel> = {
  [MAPPED]: {
    call: {
      sinks: [{ kind: "mass-assignment", argument: { unpacked: "mapping" } }],
      propagates: "none",
      returns: MAPPED,
    },
  },
  ...named(
    [
      "sqlalchemy.orm.declarative_base",
      "sqlalchemy.ext.declarative.declarative_base",
      "sqlalchemy.ext.declarative.api.declarative_base",
    ],
    gives(MAPPED),
  ),
};

/** The names of sqlalchemy and sqlalchemy.orm that the object has too. */
const SHARED =
  "text literal_column select insert update delete and_ or_ not_ func case cast desc asc distinct";

const flask: Record<string, SymbolModel> = {
  [FLASK]: gives(FLASK),
  "flask.ext.sqlalchemy.SQLAlchemy": gives(FLASK),
  "flask_sqlalchemy.extension.SQLAlchemy": gives(FLASK),
  [`${FLASK}.session`]: memberOfType("sqlalchemy.orm.scoped_session"),
  [`${FLASK}.engine`]: memberOfType(ENGINE),
  [`${FLASK}.get_engine`]: gives(ENGINE),
  [`${FLASK}.Model`]: likeType(MAPPED),
  [`${FLASK}.Model.query`]: memberOfType("flask_sqlalchemy.BaseQuery"),
  [`${FLASK}.get_or_404`]: ASKS,
  [`${FLASK}.first_or_404`]: ASKS,
  [`${FLASK}.one_or_404`]: ASKS,
  [`${FLASK}.create_all`]: SILENT,
  [`${FLASK}.drop_all`]: SILENT,
  ...Object.fromEntries(
    SHARED.split(" ").map((name) => [`${FLASK}.${name}`, { alias: `sqlalchemy.${name}` }]),
  ),
  [`${FLASK}.Column`]: gives("sqlalchemy.Column"),
  [`${FLASK}.relationship`]: gives("sqlalchemy.Column"),
  [`${FLASK}.Table`]: gives("sqlalchemy.Table"),
  [`${FLASK}.DDL`]: { alias: "sqlalchemy.schema.DDL" },
  "flask_sqlalchemy.BaseQuery": likeType(QUERY),
  "flask_sqlalchemy.query.Query": likeType(QUERY),
  [`${FLASK}.Query`]: likeType(QUERY),
};

export const sqlalchemyOrm: LibraryModel = {
  library: "sqlalchemy-orm",
  symbols: { ...sessions, ...queries, ...mapped, ...flask },
  ducks: [
    {
      methods: ["execute"],
      receiver: /^(.*_)?(session|sess|db_session|dbsession)\d?(\(\))?$/i,
      model: runsStatement(RESULT),
    },
    {
      methods: ["from_statement"],
      receiver: /./,
      model: gives(QUERY, { sinks: [{ kind: "sql", argument: argument(0, "statement") }] }),
    },
  ],
};
