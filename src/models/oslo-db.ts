// oslo.db: transactions by decorator and context, retries, and the older session facade.
// Facts: https://docs.openstack.org/oslo.db/latest/user/usage.html, https://docs.openstack.org/oslo.db/latest/reference/api/
import { each, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, likeType, memberOfType, SILENT } from "./shapes.js";

const SESSION = "sqlalchemy.orm.Session";
const CONTEXT = "oslo_db.sqlalchemy.enginefacade._TransactionContextManager";

/** Used as `@enginefacade.writer` or `with enginefacade.writer.using(context) as session`. */
const HOLDS_TRANSACTION: SymbolModel = {
  member: { type: CONTEXT },
  holds: "transaction",
};

export const osloDb: LibraryModel = {
  library: "oslo-db",
  symbols: {
    "oslo_db.sqlalchemy.enginefacade.writer": HOLDS_TRANSACTION,
    "oslo_db.sqlalchemy.enginefacade.reader": HOLDS_TRANSACTION,
    "oslo_db.sqlalchemy.enginefacade.transaction_context": gives(CONTEXT),
    "oslo_db.sqlalchemy.enginefacade.get_legacy_facade": gives(
      "oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade",
    ),
    "oslo_db.sqlalchemy.enginefacade.configure": SILENT,
    "oslo_db.sqlalchemy.enginefacade.transaction_context_provider": SILENT,
    [CONTEXT]: { holds: "transaction" },
    ...each(
      CONTEXT,
      "writer reader independent savepoint allow_async replace async_ connection",
      HOLDS_TRANSACTION,
    ),
    [`${CONTEXT}.connection`]: memberOfType("oslo_db.sqlalchemy.enginefacade._ConnectionContextManager"),
    [`${CONTEXT}.using`]: gives(SESSION, { acquires: "transaction" }),
    [`${CONTEXT}.configure`]: SILENT,
    [`${CONTEXT}.get_legacy_facade`]: gives("oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade"),
    "oslo_db.sqlalchemy.enginefacade._ConnectionContextManager": { holds: "transaction" },
    "oslo_db.sqlalchemy.enginefacade._ConnectionContextManager.using": gives("sqlalchemy.engine.Connection", {
      acquires: "transaction",
    }),
    "oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade": {},
    "oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade.get_session": gives(SESSION, { acquires: "session" }),
    "oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade.get_engine": gives("sqlalchemy.engine.Engine"),
    "oslo_db.sqlalchemy.session.EngineFacade": likeType("oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade"),
    "oslo_db.sqlalchemy.session.EngineFacade.from_config": gives(
      "oslo_db.sqlalchemy.enginefacade.LegacyEngineFacade",
    ),
    // Refuses sort keys that the model has not.
    "oslo_db.sqlalchemy.utils.paginate_query": gives("sqlalchemy.orm.Query"),
    "oslo_db.sqlalchemy.utils.model_query": gives("sqlalchemy.orm.Query"),
    "oslo_db.sqlalchemy.utils.get_table": gives("sqlalchemy.Table"),
    "oslo_db.sqlalchemy.utils.to_list": SILENT,
    "oslo_db.api.wrap_db_retry": SILENT,
  },
};
