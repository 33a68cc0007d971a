// subprocess, and the older ways to start a program.
// Facts: https://docs.python.org/3/library/subprocess.html
import { argument, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";

/** Among the parameters of `Popen`: args, bufsize, executable, ..., shell. */
const SHELL = argument(8, "shell");

const COMMAND: readonly SinkModel[] = [
  { kind: "shell", argument: argument(0, "args"), when: [{ argument: SHELL, is: [true] }] },
  {
    kind: "program",
    argument: argument(0, "args"),
    element: 0,
    when: [{ argument: SHELL, is: [false, null], missing: true }],
  },
  { kind: "program-argument", argument: argument(0, "args"), form: "sequence" },
];

function runs(returns: string): SymbolModel {
  return { call: { sinks: COMMAND, returns, propagates: "none" } };
}

export const subprocess: LibraryModel = {
  library: "subprocess",
  symbols: {
    "subprocess.run": runs("subprocess.CompletedProcess"),
    "subprocess.call": runs("builtins.int"),
    "subprocess.check_call": runs("builtins.int"),
    "subprocess.check_output": runs("builtins.bytes"),
    "subprocess.Popen": runs("subprocess.Popen"),
    "subprocess.getoutput": shell(),
    "subprocess.getstatusoutput": shell(),
    "commands.getoutput": shell(),
    "commands.getstatusoutput": shell(),
    "popen2.popen2": shell(),
    "popen2.popen3": shell(),
  },
};

function shell(): SymbolModel {
  return { call: { sinks: [{ kind: "shell", argument: argument(0, "cmd") }], propagates: "none" } };
}
