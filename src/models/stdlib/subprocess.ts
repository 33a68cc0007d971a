// subprocess, and the older ways to start a program.
// Facts: https://docs.python.org/3/library/subprocess.html, https://docs.python.org/2.7/library/commands.html
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "../model.js";
import { does, gives, SILENT, sinks, wrong } from "../shorthand.js";

/** Among the parameters of `Popen`: args, bufsize, executable, stdin, stdout, stderr, preexec_fn, close_fds, shell. */
const SHELL = argument(8, "shell");
const NO_SHELL = { argument: SHELL, is: [false, null, 0], missing: true };

/** What `Popen` and all that take its arguments run. Of a sequence, a shell interprets the first element only. */
export const COMMAND: readonly SinkModel[] = [
  { kind: "shell", argument: argument(0, "args"), element: 0, when: [{ argument: SHELL, is: [true, 1] }] },
  { kind: "program", argument: argument(0, "args"), element: 0, when: [NO_SHELL] },
  { kind: "program-argument", argument: argument(0, "args"), form: "sequence", when: [NO_SHELL] },
  { kind: "program", argument: argument(2, "executable") },
];
const FORK_HOOK = wrong("process-fork-hook", { argument: argument(6, "preexec_fn") });
const WAITS = { on: "process", timeout: keyword("timeout") } as const;

function runs(returns: string): SymbolModel {
  return gives(returns, { sinks: COMMAND, misuses: [FORK_HOOK], waits: WAITS });
}

/** A command line for a shell, as the only argument. */
function shell(name: string): SymbolModel {
  return does({
    sinks: sinks("shell", argument(0, name)),
    waits: { on: "process", unlimitedWhen: [] },
  });
}

export const subprocess: LibraryModel = {
  library: "subprocess",
  symbols: {
    "subprocess.run": runs("subprocess.CompletedProcess"),
    "subprocess.call": runs("builtins.int"),
    "subprocess.check_call": runs("builtins.int"),
    "subprocess.check_output": runs("builtins.bytes"),
    "subprocess.Popen": gives("subprocess.Popen", {
      sinks: COMMAND,
      misuses: [FORK_HOOK],
      acquires: "process",
      // Until the program is loaded, or could not be.
      waits: { on: "disk" },
    }),
    "subprocess.Popen.wait": does({
      waits: { on: "process", timeout: argument(0, "timeout") },
      releases: "receiver",
    }),
    "subprocess.Popen.communicate": does({
      waits: { on: "process", timeout: argument(1, "timeout") },
      releases: "receiver",
      unbounded: {},
    }),
    "subprocess.Popen.poll": does({ releases: "receiver" }),
    ...each("subprocess.Popen", "kill send_signal terminate", SILENT),
    ...each("subprocess.Popen", "stdin stdout stderr", { member: { type: "subprocess.Pipe" } }),
    "subprocess.Pipe.read": does({
      waits: { on: "process", unlimitedWhen: [] },
      unbounded: { limit: argument(0) },
    }),
    ...each("subprocess.Pipe", "readline readlines", does({ waits: { on: "process", unlimitedWhen: [] } })),
    ...each("subprocess.Pipe", "write flush fileno", SILENT),
    "subprocess.Pipe.close": does({ releases: "receiver" }),
    "subprocess.list2cmdline": { call: { propagates: [argument(0)], returns: "builtins.str" } },
    ...each("subprocess", "getoutput getstatusoutput", shell("cmd")),
    ...each("commands", "getoutput getstatusoutput", shell("cmd")),
    ...each("popen2", "popen2 popen3 popen4 Popen3 Popen4", shell("cmd")),
    "subprocess32.run": { alias: "subprocess.run" },
    "subprocess32.call": { alias: "subprocess.call" },
    "subprocess32.check_call": { alias: "subprocess.check_call" },
    "subprocess32.check_output": { alias: "subprocess.check_output" },
    "subprocess32.Popen": { alias: "subprocess.Popen" },
  },
};
