// Threads, queues and other waits of one process.
// Facts: https://docs.python.org/3/library/threading.html, https://docs.python.org/3/library/queue.html,
// https://docs.python.org/3/library/select.html, https://docs.python.org/3/library/signal.html
import { argument, each, type LibraryModel, type SymbolModel } from "../model.js";
import { does, gives, is, moved, RECEIVER, RELEASES, SILENT } from "../shorthand.js";
import { locks } from "./thread-locks.js";

const threads: Record<string, SymbolModel> = {
  ...locks("threading"),
  "threading.Thread": {
    call: {
      returns: "threading.Thread",
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
      returns: "threading.Timer",
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
    ...waiting,
  },
};
