// Cooperative threads: eventlet, gevent.
// Facts: https://eventlet.readthedocs.io/en/latest/, https://www.gevent.org/api/index.html
import { argument, type CallModel, each, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { does, gives, is, like, RECEIVER, RELEASES, SILENT, sinks } from "./shorthand.js";

const SLEEPS: SymbolModel = does({ waits: { on: "sleep", suspends: true } });

/** Work that runs beside the caller; `from` is the first argument handed to it. */
function spawns(returns: string, callback: number, more: CallModel = {}): SymbolModel {
  return {
    call: {
      returns,
      propagates: [rest(callback + 1)],
      calls: { callback: argument(callback), with: [rest(callback + 1)] },
      callsIn: "event-loop",
      ...more,
    },
  };
}

/** Locks of a green library: acquire(blocking=True, timeout=None). */
function greenLock(type: string): Record<string, SymbolModel> {
  return {
    [type]: gives(type),
    [`${type}.acquire`]: does({
      acquires: "lock",
      waits: {
        on: "lock",
        timeout: argument(1, "timeout"),
        limitedWhen: [is(argument(0, "blocking"), false, 0)],
        suspends: true,
      },
    }),
    [`${type}.__enter__`]: does({
      acquires: "lock",
      waits: { on: "lock", unlimitedWhen: [], suspends: true },
    }),
    ...each(type, "release __exit__", RELEASES),
    [`${type}.locked`]: SILENT,
  };
}

function greenQueue(type: string): Record<string, SymbolModel> {
  return {
    [type]: gives(type),
    [`${type}.get`]: {
      call: {
        propagates: ["receiver"],
        waits: {
          on: "queue",
          timeout: argument(1, "timeout"),
          limitedWhen: [is(argument(0, "block"), false, 0)],
          suspends: true,
        },
      },
    },
    [`${type}.get_nowait`]: RECEIVER,
    ...each(type, "put put_nowait", does({ fills: [argument(0, "item")] })),
    [`${type}.join`]: does({ waits: { on: "queue", unlimitedWhen: [], suspends: true } }),
    ...each(type, "empty full qsize task_done", SILENT),
  };
}

function waitsFor(timeout: number): SymbolModel {
  return {
    call: {
      propagates: ["receiver"],
      waits: { on: "thread", timeout: argument(timeout, "timeout"), suspends: true },
    },
  };
}

const THREAD = "eventlet.greenthread.GreenThread";
const POOL = "eventlet.GreenPool";
const eventlet: Record<string, SymbolModel> = {
  ...each("eventlet", "sleep greenthread.sleep", SLEEPS),
  ...each("eventlet", "spawn greenthread.spawn", spawns(THREAD, 0, { defers: {} })),
  ...each("eventlet", "spawn_n greenthread.spawn_n", spawns("eventlet.spawn_n()", 0, { defers: {} })),
  ...each(
    "eventlet",
    "spawn_after spawn_after_local greenthread.spawn_after",
    spawns(THREAD, 1, { defers: {} }),
  ),
  [`${THREAD}.wait`]: {
    call: { propagates: ["receiver"], waits: { on: "thread", unlimitedWhen: [], suspends: true } },
  },
  ...each(THREAD, "cancel kill link", SILENT),
  [POOL]: gives(POOL, { acquires: "executor" }),
  "eventlet.greenpool.GreenPool": { ...gives(POOL, { acquires: "executor" }), extends: [POOL] },
  [`${POOL}.spawn`]: spawns(THREAD, 0, { defers: {} }),
  [`${POOL}.spawn_n`]: spawns("eventlet.spawn_n()", 0, { defers: {} }),
  [`${POOL}.waitall`]: does({
    waits: { on: "thread", unlimitedWhen: [], suspends: true },
    releases: "receiver",
  }),
  ...greenLock("eventlet.semaphore.Semaphore"),
  "eventlet.semaphore.BoundedSemaphore": like("eventlet.semaphore.Semaphore"),
  "eventlet.Semaphore": {
    ...gives("eventlet.semaphore.Semaphore"),
    extends: ["eventlet.semaphore.Semaphore"],
  },
  ...greenQueue("eventlet.queue.Queue"),
  ...each("eventlet.queue", "LightQueue LifoQueue PriorityQueue", like("eventlet.queue.Queue")),
  "eventlet.Queue": { ...gives("eventlet.queue.Queue"), extends: ["eventlet.queue.Queue"] },
  "eventlet.event.Event": gives("eventlet.event.Event"),
  "eventlet.event.Event.wait": waitsFor(0),
  "eventlet.event.Event.send": does({ fills: [argument(0)] }),
  "eventlet.Event": { ...gives("eventlet.event.Event"), extends: ["eventlet.event.Event"] },
  ...each(
    "eventlet",
    "Timeout timeout.Timeout",
    does({ limits: { of: "block", timeout: argument(0, "seconds") } }),
  ),
  "eventlet.tpool.execute": spawns("eventlet.tpool.execute()", 0, { callsIn: "thread" }),
  "eventlet.listen": does({ acquires: "socket" }),
  "eventlet.connect": does({ sinks: sinks("url", argument(0, "addr")), acquires: "socket" }),
  "eventlet.monkey_patch": SILENT,
  "eventlet.green.threading.Thread": like("threading.Thread"),
  ...greenLock("eventlet.green.threading.Lock"),
  ...greenLock("eventlet.green.threading.RLock"),
  "eventlet.green.time.sleep": SLEEPS,
  ...Object.fromEntries(
    ["run", "call", "check_call", "check_output", "Popen"].map((name) => [
      `eventlet.green.subprocess.${name}`,
      { alias: `subprocess.${name}` },
    ]),
  ),
  "eventlet.green.urllib.request.urlopen": { alias: "urllib.request.urlopen" },
  "eventlet.green.urllib2.urlopen": { alias: "urllib2.urlopen" },
  "eventlet.green.socket.create_connection": { alias: "socket.create_connection" },
  "eventlet.green.socket.socket": { alias: "socket.socket" },
  "eventlet.green.os.system": { alias: "os.system" },
  "eventlet.green.os.popen": { alias: "os.popen" },
};

const GREENLET = "gevent.Greenlet";
const gevent: Record<string, SymbolModel> = {
  "gevent.sleep": SLEEPS,
  ...each("gevent", "spawn spawn_raw Greenlet.spawn", spawns(GREENLET, 0, { defers: {} })),
  "gevent.spawn_later": spawns(GREENLET, 1, { defers: {} }),
  "gevent.joinall": does({ waits: { on: "thread", timeout: argument(1, "timeout"), suspends: true } }),
  "gevent.wait": does({ waits: { on: "thread", timeout: argument(1, "timeout"), suspends: true } }),
  [GREENLET]: {},
  [`${GREENLET}.get`]: waitsFor(1),
  [`${GREENLET}.join`]: waitsFor(0),
  ...each(GREENLET, "kill start start_later", SILENT),
  ...each(
    "gevent",
    "Timeout timeout.Timeout",
    does({ limits: { of: "block", timeout: argument(0, "seconds") } }),
  ),
  "gevent.with_timeout": { call: { limits: { of: "argument", timeout: argument(0) } } },
  ...greenLock("gevent.lock.Semaphore"),
  ...each("gevent.lock", "BoundedSemaphore RLock", like("gevent.lock.Semaphore")),
  "gevent.event.Event": gives("gevent.event.Event"),
  "gevent.event.Event.wait": waitsFor(0),
  "gevent.event.AsyncResult": gives("gevent.event.AsyncResult"),
  "gevent.event.AsyncResult.get": waitsFor(1),
  "gevent.event.AsyncResult.wait": waitsFor(0),
  ...greenQueue("gevent.queue.Queue"),
  "gevent.queue.JoinableQueue": like("gevent.queue.Queue"),
  "gevent.pool.Pool": gives("gevent.pool.Pool", { acquires: "executor" }),
  "gevent.pool.Pool.spawn": spawns(GREENLET, 0, { defers: {} }),
  "gevent.pool.Pool.join": waitsFor(0),
  "gevent.monkey.patch_all": SILENT,
  ...Object.fromEntries(
    ["run", "call", "check_call", "check_output", "Popen"].map((name) => [
      `gevent.subprocess.${name}`,
      { alias: `subprocess.${name}` },
    ]),
  ),
  "gevent.socket.create_connection": { alias: "socket.create_connection" },
  "gevent.socket.socket": { alias: "socket.socket" },
};

export const green: LibraryModel = { library: "green threads", symbols: { ...eventlet, ...gevent } };
