// Executors and futures: concurrent.futures.
// Facts: https://docs.python.org/3/library/concurrent.futures.html
import { argument, each, type LibraryModel, rest, type SymbolModel } from "../model.js";
import { does, gives, SILENT, type Waits } from "../shorthand.js";

const NEVER_ENDING: Waits = { on: "thread", unlimitedWhen: [] };

const EXECUTOR = "concurrent.futures.Executor";
const FUTURE = "concurrent.futures.Future";

/** An executor of this name, whose functions run in other threads or other processes. */
function executor(name: string, callsIn: "thread" | "process"): Record<string, SymbolModel> {
  const type = `concurrent.futures.${name}`;
  const runs = {
    propagates: [rest(1)],
    calls: { callback: argument(0, "fn"), with: [rest(1)] },
    callsIn,
  } as const;
  return {
    [type]: { ...gives(type, { acquires: "executor" }), extends: [EXECUTOR] },
    [`${type}.submit`]: { call: { ...runs, returns: FUTURE, defers: {} } },
    [`${type}.map`]: { call: runs },
  };
}

const symbols: Record<string, SymbolModel> = {
  ...executor("ThreadPoolExecutor", "thread"),
  ...executor("ProcessPoolExecutor", "process"),
  ...executor("Executor", "thread"),
  "concurrent.futures.thread.ThreadPoolExecutor": { alias: "concurrent.futures.ThreadPoolExecutor" },
  "concurrent.futures.process.ProcessPoolExecutor": { alias: "concurrent.futures.ProcessPoolExecutor" },
  [EXECUTOR]: {},
  [`${EXECUTOR}.shutdown`]: does({
    releases: "receiver",
    waits: { on: "thread", unlimitedWhen: [{ argument: argument(0, "wait"), missing: true, is: [true] }] },
  }),
  [`${EXECUTOR}.__exit__`]: does({ releases: "receiver", waits: NEVER_ENDING }),
  [`${FUTURE}.result`]: {
    call: { propagates: ["receiver"], waits: { on: "thread", timeout: argument(0, "timeout") } },
  },
  [`${FUTURE}.exception`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
  [`${FUTURE}.add_done_callback`]: does({
    calls: { callback: argument(0, "fn"), with: ["receiver"] },
    callsIn: "thread",
  }),
  ...each(FUTURE, "cancel cancelled done running", SILENT),
  ...each("concurrent.futures", "wait as_completed", {
    call: {
      propagates: [argument(0, "fs")],
      waits: { on: "thread", timeout: argument(1, "timeout") },
    },
  }),
};

export const futures: LibraryModel = { library: "concurrent.futures", symbols };
