// Where log lines go: logging, warnings, traceback, and the loggers of other libraries with the same methods.
// Facts: https://docs.python.org/3/library/logging.html, https://docs.python.org/3/library/warnings.html,
// https://docs.python.org/3/library/traceback.html, https://docs.python.org/3/library/logging.config.html
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "../model.js";
import { absentOr, does, gives, SILENT, sinks, wrong } from "../shorthand.js";

/** `message % args` becomes one line. */
const LOGS: SymbolModel = does({ sinks: sinks("log", argument(0, "msg"), rest(1)) });
/** The same after a level. */
const LOGS_AT_LEVEL: SymbolModel = does({ sinks: sinks("log", argument(1, "msg"), rest(2)) });
export const LEVELS = "critical debug error exception fatal info warn warning";

/** The methods of a logger below `name`: a module or a type. */
function logger(name: string): Record<string, SymbolModel> {
  return { ...each(name, LEVELS, LOGS), [`${name}.log`]: LOGS_AT_LEVEL };
}

const HANDLES_FILE: SymbolModel = {
  // No resource of its maker: `logging` keeps all handlers, and closes them at the end of the process.
  ...gives("logging.Handler", { sinks: sinks("path", argument(0, "filename")) }),
  extends: ["logging.Handler"],
};

export const logging: LibraryModel = {
  library: "logging",
  symbols: {
    ...logger("logging"),
    "logging.Logger": {},
    ...logger("logging.Logger"),
    "logging.Logger.getChild": gives("logging.Logger"),
    ...each("logging.Logger", "addFilter getEffectiveLevel isEnabledFor removeHandler setLevel", SILENT),
    "logging.LoggerAdapter": { ...gives("logging.LoggerAdapter"), extends: ["logging.Logger"] },
    "logging.getLogger": gives("logging.Logger"),
    "logging.root": { member: { type: "logging.Logger" } },
    "multiprocessing.get_logger": gives("logging.Logger"),
    "multiprocessing.log_to_stderr": gives("logging.Logger"),
    "logging.basicConfig": does({ sinks: sinks("path", keyword("filename")) }),
    "logging.Handler": {},
    "logging.Handler.acquire": does({
      acquires: "lock",
      reentrant: true,
      waits: { on: "lock", unlimitedWhen: [] },
    }),
    "logging.Handler.release": does({ releases: "receiver" }),
    "logging.Handler.close": does({ releases: "receiver" }),
    "logging.FileHandler": HANDLES_FILE,
    ...each(
      "logging.handlers",
      "BaseRotatingHandler RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler",
      HANDLES_FILE,
    ),
    "logging.config.dictConfig": does({ sinks: sinks("code", argument(0, "config")) }),
    "logging.config.fileConfig": does({ sinks: sinks("path", argument(0, "fname")) }),
    "logging.config.listen": does({
      misuses: [wrong("unsafe-deserializer", absentOr(argument(1, "verify"), null))],
    }),
    "warnings.warn": does({ sinks: sinks("log", argument(0, "message")) }),
    "warnings.warn_explicit": does({ sinks: sinks("log", argument(0, "message")) }),
    ...each(
      "traceback",
      "print_exc print_exception print_last print_stack print_tb",
      does({ sinks: sinks("log", "any") }),
    ),
  },
  ducks: [
    {
      methods: LEVELS.split(" "),
      receiver: /^_*(\w*_)?log(ger|ging)?$/i,
      model: LOGS,
    },
  ],
};
