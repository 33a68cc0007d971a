// Processes, pools and the connections between them.
// Facts: https://docs.python.org/3/library/multiprocessing.html
import { argument, each, type LibraryModel, type SymbolModel } from "../model.js";
import { does, gives, moved, RELEASES, SILENT, sinks, wrong, yields } from "../shorthand.js";
import { locks } from "./thread-locks.js";

const POOL = "multiprocessing.Pool";
const RESULT = "multiprocessing.pool.AsyncResult";
/** The caller waits until the other processes are done. */
const POOL_WAITS: SymbolModel = {
  call: {
    propagates: [argument(1)],
    calls: { callback: argument(0, "func"), with: [argument(1)] },
    callsIn: "process",
    waits: { on: "process", unlimitedWhen: [] },
  },
};
const POOL_STARTS: SymbolModel = {
  call: {
    propagates: [argument(1)],
    returns: RESULT,
    calls: { callback: argument(0, "func"), with: [argument(1)] },
    callsIn: "process",
    defers: {},
  },
};

const processes: Record<string, SymbolModel> = {
  ...locks("multiprocessing", "block"),
  "multiprocessing.Process": {
    call: {
      returns: "multiprocessing.Process",
      propagates: "none",
      acquires: "process",
      calls: { callback: argument(1, "target"), with: [argument(3, "args"), argument(4, "kwargs")] },
      callsIn: "process",
    },
  },
  "multiprocessing.Process.join": does({
    waits: { on: "process", timeout: argument(0, "timeout") },
    releases: "receiver",
  }),
  "multiprocessing.Process.close": RELEASES,
  ...each("multiprocessing.Process", "start is_alive kill terminate", SILENT),
  ...each("multiprocessing", "Queue JoinableQueue SimpleQueue", {
    ...gives("multiprocessing.Queue"),
    extends: ["queue.Queue"],
  }),
  "multiprocessing.Queue": { ...gives("multiprocessing.Queue"), extends: ["queue.Queue"] },
  ...each("multiprocessing.Queue", "close cancel_join_thread", SILENT),
  "multiprocessing.Queue.join_thread": does({ waits: { on: "thread", unlimitedWhen: [] } }),
  "multiprocessing.get_context": gives("multiprocessing"),
  "multiprocessing.Pool": gives(POOL, { acquires: "executor" }),
  "multiprocessing.pool.ThreadPool": gives(POOL, { acquires: "executor" }),
  "multiprocessing.pool.Pool": gives(POOL, { acquires: "executor" }),
  "multiprocessing.dummy.Pool": gives(POOL, { acquires: "executor" }),
  ...each(POOL, "apply map starmap", POOL_WAITS),
  ...each(POOL, "apply_async map_async starmap_async", POOL_STARTS),
  ...each(POOL, "imap imap_unordered", {
    call: {
      propagates: [argument(1)],
      calls: { callback: argument(0, "func"), with: [argument(1)] },
      callsIn: "process",
    },
  }),
  ...each(POOL, "close", SILENT),
  ...each(POOL, "terminate __exit__", RELEASES),
  [`${POOL}.join`]: does({ waits: { on: "process", unlimitedWhen: [] }, releases: "receiver" }),
  [`${RESULT}.get`]: {
    call: { propagates: ["receiver"], waits: { on: "process", timeout: argument(0, "timeout") } },
  },
  [`${RESULT}.wait`]: does({ waits: { on: "process", timeout: argument(0, "timeout") } }),
  "multiprocessing.connection.Client": gives("multiprocessing.connection.Connection", {
    sinks: sinks("url", argument(0, "address")),
    acquires: "connection",
    waits: { on: "network", unlimitedWhen: [] },
  }),
  "multiprocessing.connection.Listener": gives("multiprocessing.connection.Listener", {
    acquires: "socket",
  }),
  "multiprocessing.connection.Listener.accept": gives("multiprocessing.connection.Connection", {
    acquires: "connection",
    waits: { on: "network", unlimitedWhen: [] },
  }),
  "multiprocessing.connection.Listener.close": RELEASES,
  "multiprocessing.connection.Connection.recv": yields("message", {
    misuses: [wrong("unsafe-deserializer")],
    waits: { on: "network", unlimitedWhen: [] },
  }),
  "multiprocessing.connection.Connection.recv_bytes": yields("message", {
    waits: { on: "network", unlimitedWhen: [] },
  }),
  "multiprocessing.connection.Connection.close": RELEASES,
  ...each("multiprocessing.connection.Connection", "send send_bytes poll fileno", SILENT),
};

export const multiprocessing: LibraryModel = {
  library: "multiprocessing",
  symbols: { ...processes, ...moved(processes, "multiprocessing", "billiard") },
};
