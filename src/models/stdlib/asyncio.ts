// asyncio: tasks, locks, queues, subprocesses, streams and the event loop. Its waits keep a coroutine, not a thread.
// Facts: https://docs.python.org/3/library/asyncio.html
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "../model.js";
import {
  does,
  FIRST,
  gives,
  is,
  like,
  moved,
  passes,
  RECEIVER,
  RELEASES,
  SILENT,
  sinks,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const TASK = "asyncio.Task";
const LOOP = "asyncio.AbstractEventLoop";
/** What is awaited never has a limit of its own. */
const LOCK_WAIT: Waits = { on: "lock", unlimitedWhen: [], suspends: true };
const QUEUE_WAIT: Waits = { on: "queue", unlimitedWhen: [], suspends: true };
const NETWORK_WAIT: Waits = { on: "network", unlimitedWhen: [], suspends: true };
const STARTS: SymbolModel = { call: { propagates: [argument(0, "coro")], returns: TASK, defers: {} } };

/** The program and its arguments from `position` on. */
function execs(position: number): SymbolModel {
  return gives("asyncio.subprocess.Process", {
    sinks: [
      ...sinks("program", argument(position, "program")),
      ...sinks("program-argument", rest(position + 1)),
    ],
    acquires: "process",
  });
}

function shell(position: number): SymbolModel {
  return gives("asyncio.subprocess.Process", {
    sinks: sinks("shell", argument(position, "cmd")),
    acquires: "process",
  });
}

const processes: Record<string, SymbolModel> = {
  "asyncio.create_subprocess_shell": shell(0),
  "asyncio.create_subprocess_exec": execs(0),
  "asyncio.subprocess.create_subprocess_shell": shell(0),
  "asyncio.subprocess.create_subprocess_exec": execs(0),
  [`${LOOP}.subprocess_shell`]: shell(1),
  [`${LOOP}.subprocess_exec`]: execs(1),
  "asyncio.subprocess.Process.communicate": does({
    waits: { on: "process", unlimitedWhen: [], suspends: true },
    releases: "receiver",
    unbounded: {},
  }),
  "asyncio.subprocess.Process.wait": does({
    waits: { on: "process", unlimitedWhen: [], suspends: true },
    releases: "receiver",
  }),
  ...each("asyncio.subprocess.Process", "kill send_signal terminate", SILENT),
};

const tasks: Record<string, SymbolModel> = {
  "asyncio.create_task": STARTS,
  "asyncio.ensure_future": { call: { propagates: [argument(0)], returns: TASK, defers: {} } },
  "asyncio.async": STARTS,
  [`${LOOP}.create_task`]: STARTS,
  "asyncio.TaskGroup.create_task": { call: { propagates: [argument(0, "coro")], returns: TASK } },
  "asyncio.run_coroutine_threadsafe": {
    call: { propagates: [argument(0, "coro")], returns: "concurrent.futures.Future", defers: {} },
  },
  "asyncio.gather": {
    call: { propagates: [rest(0)], defers: { when: [is(keyword("return_exceptions"), true)] } },
  },
  "asyncio.wait": {
    call: {
      propagates: [argument(0)],
      waits: { on: "thread", timeout: keyword("timeout"), suspends: true },
      defers: {},
    },
  },
  "asyncio.as_completed": passes(argument(0)),
  "asyncio.shield": FIRST,
  "asyncio.run": FIRST,
  "asyncio.wait_for": {
    call: { propagates: [argument(0)], limits: { of: "argument", timeout: argument(1, "timeout") } },
  },
  "asyncio.timeout": does({ limits: { of: "block", timeout: argument(0, "delay") } }),
  "asyncio.timeout_at": does({ limits: { of: "block", timeout: argument(0, "when") } }),
  "async_timeout.timeout": does({ limits: { of: "block", timeout: argument(0, "delay") } }),
  "asyncio.sleep": {
    call: { propagates: [argument(1, "result")], waits: { on: "sleep", suspends: true } },
  },
  "asyncio.to_thread": {
    call: {
      propagates: [rest(1)],
      calls: { callback: argument(0, "func"), with: [rest(1)] },
      callsIn: "thread",
    },
  },
  [TASK]: like("asyncio.Future"),
  ...each("asyncio.Future", "result", RECEIVER),
  ...each("asyncio.Future", "add_done_callback cancel cancelled done exception", SILENT),
};

const LOCK = "asyncio.Lock";
const locks: Record<string, SymbolModel> = {
  [LOCK]: gives(LOCK),
  [`${LOCK}.acquire`]: does({ acquires: "lock", waits: LOCK_WAIT }),
  [`${LOCK}.__aenter__`]: does({ acquires: "lock", waits: LOCK_WAIT }),
  [`${LOCK}.release`]: RELEASES,
  [`${LOCK}.__aexit__`]: RELEASES,
  [`${LOCK}.locked`]: SILENT,
  ...each("asyncio", "Semaphore BoundedSemaphore", like(LOCK)),
  "asyncio.Condition": like(LOCK),
  ...each("asyncio.Condition", "wait wait_for", does({ waits: LOCK_WAIT })),
  ...each("asyncio.Condition", "notify notify_all", SILENT),
  "asyncio.Event": {},
  "asyncio.Event.wait": does({ waits: { on: "thread", unlimitedWhen: [], suspends: true } }),
  ...each("asyncio.Event", "clear is_set set", SILENT),
  "asyncio.Barrier.wait": does({ waits: { on: "thread", unlimitedWhen: [], suspends: true } }),
  "asyncio.Queue": {},
  "asyncio.Queue.get": { call: { propagates: ["receiver"], waits: QUEUE_WAIT } },
  "asyncio.Queue.get_nowait": RECEIVER,
  "asyncio.Queue.put": does({ fills: [argument(0, "item")] }),
  "asyncio.Queue.put_nowait": does({ fills: [argument(0, "item")] }),
  "asyncio.Queue.join": does({ waits: QUEUE_WAIT }),
  ...each("asyncio.Queue", "empty full qsize task_done", SILENT),
  ...each("asyncio", "LifoQueue PriorityQueue JoinableQueue", like("asyncio.Queue")),
};

const BINDS = wrong("binds-all-interfaces", is(argument(1, "host"), "0.0.0.0", "::", ""));
const READER = "asyncio.StreamReader";
const streams: Record<string, SymbolModel> = {
  "asyncio.open_connection": does({
    sinks: sinks("url", argument(0, "host")),
    waits: NETWORK_WAIT,
    acquires: "socket",
  }),
  "asyncio.open_unix_connection": does({ waits: NETWORK_WAIT, acquires: "socket" }),
  "asyncio.start_server": does({
    misuses: [BINDS],
    registers: {
      callback: argument(0, "client_connected_cb"),
      entry: { protocol: "message", types: { "0": READER, "1": "asyncio.StreamWriter" } },
    },
  }),
  "asyncio.start_unix_server": does({
    registers: {
      callback: argument(0, "client_connected_cb"),
      entry: { protocol: "message", types: { "0": READER, "1": "asyncio.StreamWriter" } },
    },
  }),
  [`${READER}.read`]: yields("message", { waits: NETWORK_WAIT, unbounded: { limit: argument(0, "n") } }),
  ...each(READER, "readline readexactly readuntil", yields("message", { waits: NETWORK_WAIT })),
  "asyncio.StreamWriter.drain": does({ waits: NETWORK_WAIT }),
  "asyncio.StreamWriter.close": RELEASES,
  ...each("asyncio.StreamWriter", "wait_closed write writelines write_eof", SILENT),
  "asyncio.Protocol": {
    subclassEntries: {
      methods: ["data_received"],
      entry: { protocol: "message", parameters: "message" },
    },
  },
  "asyncio.DatagramProtocol": {
    subclassEntries: {
      methods: ["datagram_received"],
      entry: { protocol: "message", parameters: "message" },
    },
  },
};

const loop: Record<string, SymbolModel> = {
  ...each("asyncio", "get_event_loop get_running_loop", gives(LOOP)),
  "asyncio.new_event_loop": gives(LOOP, { acquires: "event-loop" }),
  ...each("asyncio", "SelectorEventLoop ProactorEventLoop", gives(LOOP, { acquires: "event-loop" })),
  [`${LOOP}.run_until_complete`]: {
    call: { propagates: [argument(0)], waits: { on: "thread", unlimitedWhen: [] } },
  },
  [`${LOOP}.run_forever`]: does({ waits: { on: "thread", unlimitedWhen: [] } }),
  [`${LOOP}.close`]: RELEASES,
  [`${LOOP}.stop`]: SILENT,
  [`${LOOP}.create_future`]: gives("asyncio.Future"),
  ...each(
    LOOP,
    "call_soon call_soon_threadsafe",
    does({
      calls: { callback: argument(0, "callback"), with: [rest(1)] },
      callsIn: "event-loop",
    }),
  ),
  ...each(
    LOOP,
    "call_later call_at",
    does({
      calls: { callback: argument(1, "callback"), with: [rest(2)] },
      callsIn: "event-loop",
    }),
  ),
  [`${LOOP}.add_signal_handler`]: does({
    calls: { callback: argument(1, "callback"), with: [rest(2)] },
    callsIn: "event-loop",
  }),
  [`${LOOP}.run_in_executor`]: {
    call: {
      propagates: [rest(2)],
      returns: "asyncio.Future",
      calls: { callback: argument(1, "func"), with: [rest(2)] },
      callsIn: "thread",
      defers: {},
    },
  },
  [`${LOOP}.create_connection`]: does({
    sinks: sinks("url", argument(1, "host")),
    waits: NETWORK_WAIT,
    acquires: "socket",
  }),
  [`${LOOP}.create_server`]: does({ misuses: [BINDS] }),
  [`${LOOP}.sock_recv`]: yields("message", { waits: NETWORK_WAIT }),
  [`${LOOP}.sock_connect`]: does({ sinks: sinks("url", argument(1, "address")), waits: NETWORK_WAIT }),
  [`${LOOP}.getaddrinfo`]: does({ waits: NETWORK_WAIT }),
};

const symbols = { ...processes, ...tasks, ...locks, ...streams, ...loop };

export const asyncio: LibraryModel = {
  library: "asyncio",
  symbols: { ...symbols, ...moved(symbols, "asyncio", "trollius") },
};
