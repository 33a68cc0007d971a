// os, os.path and shlex as far as they start programs, quote for a shell, or take in the environment.
// Facts: https://docs.python.org/3/library/os.html, https://docs.python.org/3/library/shlex.html
import { argument, type LibraryModel, rest, type SymbolModel } from "./model.js";

const SHELL: SymbolModel = {
  call: { sinks: [{ kind: "shell", argument: argument(0, "command") }], propagates: "none" },
};

function program(position: number): SymbolModel {
  return {
    call: {
      sinks: [
        { kind: "program", argument: argument(position) },
        { kind: "program-argument", argument: rest(position + 1) },
      ],
      propagates: "none",
    },
  };
}

const EXEC = [
  "execl",
  "execle",
  "execlp",
  "execlpe",
  "execv",
  "execve",
  "execvp",
  "execvpe",
  "posix_spawn",
  "posix_spawnp",
];
const SPAWN = ["spawnl", "spawnle", "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe"];

export const os: LibraryModel = {
  library: "os",
  symbols: {
    "os.system": SHELL,
    "os.popen": { call: { ...SHELL.call, returns: "io.TextIOWrapper" } },
    "os.popen2": SHELL,
    "os.popen3": SHELL,
    "os.popen4": SHELL,
    ...Object.fromEntries(EXEC.map((name) => [`os.${name}`, program(0)])),
    ...Object.fromEntries(SPAWN.map((name) => [`os.${name}`, program(1)])),
    "os.startfile": program(0),
    "os.environ": { member: { source: "local" } },
    "os.getenv": { call: { source: "local", propagates: "none" } },
    "sys.argv": { member: { source: "local" } },
    "shlex.quote": { call: { propagates: [argument(0)], sanitizes: ["shell"] } },
    "shlex.join": { call: { propagates: [argument(0)], sanitizes: ["shell"] } },
    "shlex.split": { call: { propagates: [argument(0)] } },
    "pipes.quote": { alias: "shlex.quote" },
  },
};
