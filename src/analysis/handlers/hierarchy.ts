// Which classes are exceptions, and which exceptions are special cases of others: Python's own, and classes of the repository.
import type { ClassBody } from "../body.js";
import type { World } from "../world.js";
import type { Caught } from "./caught.js";

/** Python's exceptions with the class above each, where that is not `Exception`. */
const ABOVE: Readonly<Record<string, string>> = {
  Exception: "BaseException",
  BaseExceptionGroup: "BaseException",
  GeneratorExit: "BaseException",
  KeyboardInterrupt: "BaseException",
  SystemExit: "BaseException",
  FloatingPointError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  ZeroDivisionError: "ArithmeticError",
  ModuleNotFoundError: "ImportError",
  IndexError: "LookupError",
  KeyError: "LookupError",
  UnboundLocalError: "NameError",
  BlockingIOError: "OSError",
  ChildProcessError: "OSError",
  ConnectionError: "OSError",
  BrokenPipeError: "ConnectionError",
  ConnectionAbortedError: "ConnectionError",
  ConnectionRefusedError: "ConnectionError",
  ConnectionResetError: "ConnectionError",
  FileExistsError: "OSError",
  FileNotFoundError: "OSError",
  InterruptedError: "OSError",
  IsADirectoryError: "OSError",
  NotADirectoryError: "OSError",
  PermissionError: "OSError",
  ProcessLookupError: "OSError",
  TimeoutError: "OSError",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  IndentationError: "SyntaxError",
  TabError: "IndentationError",
  UnicodeError: "ValueError",
  UnicodeDecodeError: "UnicodeError",
  UnicodeEncodeError: "UnicodeError",
  UnicodeTranslateError: "UnicodeError",
};

const PREFIX = /^(builtins|exceptions)\./;

/** Is a handler of `earlier` entered for every exception of `later`? Both with the classes above them, as far as known. */
export function takes(earlier: Caught["classes"][number], later: Caught["classes"][number]): boolean {
  const [wanted] = earlier;
  return lineOf(later).has(wanted.replace(PREFIX, "")) || later.includes(wanted);
}

/** The names of Python's exceptions that `classes` are special cases of, themselves included. */
function lineOf(classes: readonly string[]): ReadonlySet<string> {
  const line = new Set<string>();
  for (const each of classes) {
    if (!PREFIX.test(each)) continue;
    for (let name: string | undefined = each.replace(PREFIX, ""); name; name = aboveOf(name)) line.add(name);
  }
  return line;
}

function aboveOf(name: string): string | undefined {
  if (name === "BaseException") return undefined;
  return ABOVE[name] ?? (/(Error|Exception|Warning|Iteration|Group)$/.test(name) ? "Exception" : undefined);
}

/** Is `type` surely no exception: everything above it is known, and is plain? */
export function isNoException(world: World, type: ClassBody): boolean {
  const bodies = world.mro(type).flatMap(({ body }) => (body ? [body] : []));
  return bodies.every((body) => {
    const { bases } = world.factsOf(body);
    if (bases.length < body.definition.bases.length) return false;
    // Python 2 lets classes without a base be raised.
    if (bases.length === 0) return body.module.syntax.dialect !== "python2";
    return bases.every(
      ({ refs }) =>
        refs.length > 0 &&
        refs.every(
          (ref) => ref.kind === "class" || (ref.kind === "symbol" && ref.name === "builtins.object"),
        ),
    );
  });
}
