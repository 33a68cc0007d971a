// Code that is found, read and run by name or as text: importlib, imp, runpy, code, ast, timeit, profilers.
// Facts: https://docs.python.org/3/library/importlib.html, https://docs.python.org/3/library/runpy.html,
// https://docs.python.org/3/library/code.html, https://docs.python.org/3/library/ast.html,
// https://docs.python.org/3.11/library/imp.html
import { argument, each, type LibraryModel, type SymbolModel } from "../model.js";
import { does, FIRST, gives, sinks } from "../shorthand.js";

const RUNS = does({ sinks: sinks("code", argument(0)) });
const INTERPRETER = "code.InteractiveInterpreter";

function imports(position: number, name: string): SymbolModel {
  return does({ sinks: sinks("import", argument(position, name)) });
}

export const code: LibraryModel = {
  library: "code",
  symbols: {
    "importlib.import_module": imports(0, "name"),
    "importlib.__import__": imports(0, "name"),
    "importlib.util.spec_from_file_location": imports(1, "location"),
    "importlib.machinery.SourceFileLoader": imports(1, "path"),
    "importlib.machinery.ExtensionFileLoader": imports(1, "path"),
    "imp.load_source": imports(1, "pathname"),
    "imp.load_compiled": imports(1, "pathname"),
    "imp.load_dynamic": imports(1, "path"),
    "imp.find_module": imports(0, "name"),
    "pkgutil.resolve_name": imports(0, "name"),
    "pydoc.locate": imports(0, "path"),
    "runpy.run_path": imports(0, "path_name"),
    "runpy.run_module": imports(0, "mod_name"),
    [INTERPRETER]: gives(INTERPRETER),
    "code.InteractiveConsole": { ...gives(INTERPRETER), extends: [INTERPRETER] },
    [`${INTERPRETER}.runsource`]: does({ sinks: sinks("code", argument(0, "source")) }),
    [`${INTERPRETER}.runcode`]: does({ sinks: sinks("code", argument(0, "code")) }),
    [`${INTERPRETER}.push`]: does({ sinks: sinks("code", argument(0, "line")) }),
    "code.compile_command": FIRST,
    "codeop.compile_command": FIRST,
    "ast.literal_eval": { call: { propagates: [argument(0)], exposes: "all", parses: true } },
    "ast.parse": FIRST,
    ...each(
      "timeit",
      "timeit repeat Timer",
      does({
        sinks: sinks("code", argument(0, "stmt"), argument(1, "setup")),
      }),
    ),
    ...each("cProfile", "run runctx", RUNS),
    ...each("profile", "run runctx", RUNS),
    ...each("pdb", "run runeval", RUNS),
    ...each("bdb.Bdb", "run runeval", RUNS),
    "_xxsubinterpreters.run_string": does({ sinks: sinks("code", argument(1)) }),
    "_interpreters.run_string": does({ sinks: sinks("code", argument(1)) }),
  },
};
