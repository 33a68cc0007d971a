// Threads, processes, pools, queues, locks and other waits of the standard library.
// Facts: https://docs.python.org/3/library/threading.html, https://docs.python.org/3/library/multiprocessing.html,
// https://docs.python.org/3/library/queue.html, https://docs.python.org/3/library/concurrent.futures.html,
// https://docs.python.org/3/library/select.html, https://docs.python.org/3/library/signal.html
import { argument, type CallModel, each, type LibraryModel, rest, type SymbolModel } from "../model.js";
import {
  does,
  gives,
  is,
  moved,
  RECEIVER,
  RELEASES,
  SILENT,
  sinks,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const NEVER_ENDING: Waits = { on: "thread", unlimitedWhen: [] };

/** A lock as all modules that imitate `threading` have it: acquire(blocking=True, timeout=-1), by that or another name. */
function lock(type: string, blocking: string, more: CallModel = {}): Record<string, SymbolModel> {
  return {
    [type]: gives(type),
    [`${type}.acquire`]: does({
      acquires: "lock",
      waits: {
        on: "lock",
        timeout: argument(1, "timeout"),
        limitedWhen: [is(argument(0, blocking), false, 0)],
      },
      ...more,
    }),
    [`${type}.__enter__`]: does({ acquires: "lock", waits: { on: "lock", unlimitedWhen: [] }, ...more }),
    ...each(type, "release __exit__", RELEASES),
    [`${type}.locked`]: SILENT,
  };
}

/** A condition, an event and a barrier. */
function signals(module: string): Record<string, SymbolModel> {
  return {
    [`${module}.Condition`]: { ...gives(`${module}.Condition`), extends: [`${module}.RLock`] },
    [`${module}.Condition.wait`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
    [`${module}.Condition.wait_for`]: does({ waits: { on: "thread", timeout: argument(1, "timeout") } }),
    ...each(`${module}.Condition`, "notify notify_all notifyAll", SILENT),
    [`${module}.Event`]: {},
    [`${module}.Event.wait`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
    ...each(`${module}.Event`, "clear isSet is_set set", SILENT),
    [`${module}.Barrier.wait`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
    ...each(`${module}.Barrier`, "abort reset", SILENT),
  };
}

function locks(module: string, blocking = "blocking"): Record<string, SymbolModel> {
  return {
    ...lock(`${module}.Lock`, blocking),
    ...lock(`${module}.RLock`, blocking, { reentrant: true }),
    ...lock(`${module}.Semaphore`, blocking),
    [`${module}.BoundedSemaphore`]: { ...gives(`${module}.Semaphore`), extends: [`${module}.Semaphore`] },
    ...signals(module),
  };
}

const threads: Record<string, SymbolModel> = {
  ...locks("threading"),
  "threading.Thread": {
    call: {
      propagates: "none",
      acquires: "thread",
      calls: {
        callback: argument(1, "target"),
        with: [argument(3, "args"), argument(4, "kwargs")],
      },
      callsIn: "thread",
    },
  },
  "threading.Thread.join": does({
    waits: { on: "thread", timeout: argument(0, "timeout") },
    releases: "receiver",
  }),
  ...each("threading.Thread", "start is_alive isAlive setDaemon", SILENT),
  "threading.Timer": {
    call: {
      propagates: "none",
      acquires: "thread",
      calls: {
        callback: argument(1, "function"),
        with: [argument(2, "args"), argument(3, "kwargs")],
      },
      callsIn: "thread",
    },
    extends: ["threading.Thread"],
  },
  "threading.Timer.cancel": RELEASES,
  "threading.local": {},
  ...each("thread", "allocate_lock", gives("threading.Lock")),
  ...each("_thread", "allocate_lock", gives("threading.Lock")),
  ...each(
    "thread",
    "start_new_thread",
    does({
      calls: { callback: argument(0), with: [argument(1)] },
      callsIn: "thread",
    }),
  ),
  ...each(
    "_thread",
    "start_new_thread",
    does({
      calls: { callback: argument(0), with: [argument(1)] },
      callsIn: "thread",
    }),
  ),
};

const QUEUE: Record<string, SymbolModel> = {
  "queue.Queue": gives("queue.Queue"),
  "queue.Queue.get": {
    call: {
      propagates: ["receiver"],
      waits: {
        on: "queue",
        timeout: argument(1, "timeout"),
        limitedWhen: [is(argument(0, "block"), false, 0)],
      },
    },
  },
  "queue.Queue.get_nowait": RECEIVER,
  "queue.Queue.put": does({ fills: [argument(0, "item")] }),
  "queue.Queue.put_nowait": does({ fills: [argument(0, "item")] }),
  "queue.Queue.join": does({ waits: { on: "queue", unlimitedWhen: [] } }),
  ...each("queue.Queue", "empty full qsize task_done shutdown", SILENT),
  ...each("queue", "LifoQueue PriorityQueue SimpleQueue", {
    ...gives("queue.Queue"),
    extends: ["queue.Queue"],
  }),
};

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
  "multiprocessing.connection.Listener": { call: { propagates: "none", acquires: "socket" } },
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

const EXECUTOR = "concurrent.futures.Executor";
const FUTURE = "concurrent.futures.Future";

function executor(callsIn: "thread" | "process"): SymbolModel {
  const name = callsIn === "thread" ? "ThreadPoolExecutor" : "ProcessPoolExecutor";
  return {
    ...gives(`concurrent.futures.${name}`, { acquires: "executor" }),
    extends: [EXECUTOR],
  };
}

const futures: Record<string, SymbolModel> = {
  "concurrent.futures.ThreadPoolExecutor": executor("thread"),
  "concurrent.futures.ProcessPoolExecutor": executor("process"),
  "concurrent.futures.thread.ThreadPoolExecutor": { alias: "concurrent.futures.ThreadPoolExecutor" },
  "concurrent.futures.process.ProcessPoolExecutor": { alias: "concurrent.futures.ProcessPoolExecutor" },
  [EXECUTOR]: {},
  [`${EXECUTOR}.submit`]: {
    call: {
      propagates: [rest(1)],
      returns: FUTURE,
      calls: { callback: argument(0, "fn"), with: [rest(1)] },
      callsIn: "thread",
      defers: {},
    },
  },
  [`${EXECUTOR}.map`]: {
    call: {
      propagates: [rest(1)],
      calls: { callback: argument(0, "fn"), with: [rest(1)] },
      callsIn: "thread",
    },
  },
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

const waiting: Record<string, SymbolModel> = {
  "time.sleep": does({ waits: { on: "sleep" } }),
  ...each("time", "ctime gmtime localtime mktime monotonic perf_counter time", SILENT),
  "sched.scheduler": gives("sched.scheduler()"),
  "sched.scheduler().run": does({ waits: { on: "sleep" } }),
  "sched.scheduler().enter": does({
    calls: { callback: argument(2, "action"), with: [argument(3, "argument")] },
  }),
  "select.select": {
    call: {
      propagates: [argument(0), argument(1), argument(2)],
      waits: { on: "network", timeout: argument(3) },
    },
  },
  "select.poll": gives("select.poll()"),
  "select.epoll": gives("select.poll()", { acquires: "file" }),
  "select.kqueue": gives("select.poll()", { acquires: "file" }),
  "select.poll().poll": does({ waits: { on: "network", timeout: argument(0, "timeout") } }),
  "select.poll().close": RELEASES,
  ...each("selectors", "DefaultSelector SelectSelector EpollSelector PollSelector", {
    ...gives("selectors.BaseSelector", { acquires: "file" }),
    extends: ["selectors.BaseSelector"],
  }),
  "selectors.BaseSelector.select": does({ waits: { on: "network", timeout: argument(0, "timeout") } }),
  "selectors.BaseSelector.close": RELEASES,
  "signal.signal": does({
    calls: { callback: argument(1, "handler"), with: [] },
    callsIn: "signal-handler",
  }),
  "signal.pause": does({ waits: { on: "thread", unlimitedWhen: [] } }),
  "signal.sigwait": does({ waits: { on: "thread", unlimitedWhen: [] } }),
  ...each("signal", "alarm getsignal setitimer", SILENT),
};

export const threading: LibraryModel = {
  library: "threading",
  symbols: {
    ...threads,
    ...moved(threads, "threading", "dummy_threading"),
    ...QUEUE,
    ...moved(QUEUE, "queue", "Queue"),
    ...processes,
    ...moved(processes, "multiprocessing", "billiard"),
    ...futures,
    ...waiting,
  },
};
