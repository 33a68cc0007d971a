// Structured concurrency: trio, anyio.
// Facts: https://trio.readthedocs.io/en/stable/, https://anyio.readthedocs.io/en/stable/
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { does, gives, is, like, RELEASES, SILENT, sinks, type Waits, yields } from "./shorthand.js";

const SLEEPS: SymbolModel = does({ waits: { on: "sleep", suspends: true } });

const STRUCTURED_WAIT: Waits = { on: "lock", unlimitedWhen: [], suspends: true };

/** A program without a shell, as text or list: the options are those of `subprocess.Popen`. */
const RUNS_PROGRAM: SymbolModel = gives("subprocess.CompletedProcess", {
  sinks: [
    { kind: "shell", argument: argument(0, "command"), when: [is(keyword("shell"), true)] },
    {
      kind: "program",
      argument: argument(0, "command"),
      element: 0,
      when: [{ argument: keyword("shell"), missing: true, is: [false] }],
    },
    { kind: "program-argument", argument: argument(0, "command"), form: "sequence" },
  ],
  waits: { on: "process", unlimitedWhen: [], suspends: true },
});
/** anyio takes text as a command for a shell. */
const RUNS_COMMAND: SymbolModel = gives("subprocess.CompletedProcess", {
  sinks: [
    { kind: "shell", argument: argument(0, "command"), form: "string" },
    { kind: "program-argument", argument: argument(0, "command"), form: "sequence" },
  ],
  waits: { on: "process", unlimitedWhen: [], suspends: true },
});

function structured(library: string): Record<string, SymbolModel> {
  const lock = `${library}.Lock`;
  return {
    [`${library}.sleep`]: SLEEPS,
    ...each(
      `${library}`,
      "fail_after move_on_after",
      does({ limits: { of: "block", timeout: argument(0) } }),
    ),
    [lock]: gives(lock),
    ...each(lock, "acquire __aenter__", does({ acquires: "lock", waits: STRUCTURED_WAIT })),
    ...each(lock, "release __aexit__", RELEASES),
    ...each(library, "Semaphore CapacityLimiter Condition", like(lock)),
    [`${library}.Event`]: gives(`${library}.Event`),
    [`${library}.Event.wait`]: does({ waits: { on: "thread", unlimitedWhen: [], suspends: true } }),
    [`${library}.Event.set`]: SILENT,
    [`${library}.to_thread.run_sync`]: {
      call: {
        propagates: [rest(1)],
        calls: { callback: argument(0), with: [rest(1)] },
        callsIn: "thread",
      },
    },
    [`${library}.from_thread.run`]: {
      call: {
        propagates: [rest(1)],
        calls: { callback: argument(0), with: [rest(1)] },
        callsIn: "event-loop",
        waits: { on: "thread", unlimitedWhen: [] },
      },
    },
    [`${library}.run`]: {
      call: { propagates: [rest(1)], calls: { callback: argument(0), with: [rest(1)] } },
    },
  };
}

const STREAM = "anyio.abc.ByteStream";
const files = gives("io.TextIOWrapper", { sinks: sinks("path", argument(0, "file")), acquires: "file" });

export const structuredConcurrency: LibraryModel = {
  library: "structured concurrency",
  symbols: {
    ...structured("trio"),
    ...structured("anyio"),
    "trio.run_process": RUNS_PROGRAM,
    "trio.lowlevel.open_process": RUNS_PROGRAM,
    "trio.open_file": files,
    "trio.open_tcp_stream": gives(STREAM, { sinks: sinks("url", argument(0, "host")), acquires: "socket" }),
    "anyio.run_process": RUNS_COMMAND,
    "anyio.open_process": RUNS_COMMAND,
    "anyio.open_file": files,
    "anyio.connect_tcp": gives(STREAM, {
      sinks: sinks("url", argument(0, "remote_host")),
      acquires: "socket",
    }),
    "anyio.Path": { ...gives("pathlib.Path", { propagates: ["any"] }), extends: ["pathlib.Path"] },
    "trio.Path": { ...gives("pathlib.Path", { propagates: ["any"] }), extends: ["pathlib.Path"] },
    [`${STREAM}.receive`]: yields("remote-response", {
      waits: { on: "network", unlimitedWhen: [], suspends: true },
    }),
    [`${STREAM}.receive_some`]: yields("remote-response", {
      waits: { on: "network", unlimitedWhen: [], suspends: true },
    }),
    ...each(STREAM, "send send_all", SILENT),
    [`${STREAM}.aclose`]: RELEASES,
  },
};
