// Loggers of other libraries: oslo.log, loguru, structlog, Twisted.
// Facts: https://docs.openstack.org/oslo.log/latest/reference/, https://loguru.readthedocs.io/en/stable/,
// https://www.structlog.org/en/stable/, https://docs.twisted.org/en/stable/core/howto/logger.html
import { each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, sinks } from "./shorthand.js";
import { LEVELS } from "./stdlib/logging.js";

/** An event and its values, in any form. */
const LOGS_ALL: SymbolModel = does({ sinks: sinks("log", "any") });
const OSLO = "oslo_log.log.KeywordArgumentAdapter";
const BOUND = "structlog.BoundLogger";
const LOGURU = "loguru._logger.Logger";

export const loggers: LibraryModel = {
  library: "loggers",
  symbols: {
    "oslo_log.log.getLogger": gives(OSLO),
    [OSLO]: { extends: ["logging.Logger"] },
    [`${OSLO}.trace`]: LOGS_ALL,
    "loguru.logger": { member: { type: LOGURU } },
    [LOGURU]: {},
    ...each(LOGURU, `${LEVELS} log success trace`, LOGS_ALL),
    ...each(LOGURU, "bind opt patch contextualize", { call: { returns: LOGURU } }),
    ...each("structlog", "get_logger getLogger wrap_logger stdlib.get_logger", gives(BOUND)),
    [BOUND]: {},
    ...each(BOUND, `${LEVELS} log msg`, LOGS_ALL),
    ...each(BOUND, "adebug ainfo awarning aerror acritical aexception", LOGS_ALL),
    ...each(BOUND, "bind new try_unbind unbind", { call: { returns: BOUND } }),
    ...each("twisted.python.log", "msg err", LOGS_ALL),
    "twisted.logger.Logger": gives("twisted.logger.Logger"),
    ...each("twisted.logger.Logger", "critical debug emit error failure info warn", LOGS_ALL),
  },
};
