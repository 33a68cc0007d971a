// os and sys: programs, the environment, the command line, and what is done to files by their path.
// Facts: https://docs.python.org/3/library/os.html, https://docs.python.org/3/library/sys.html,
// https://docs.python.org/3/library/shlex.html, https://docs.python.org/3/library/pty.html
import { argument, each, type LibraryModel, rest, type SymbolModel } from "../model.js";
import {
  does,
  FIRST,
  gives,
  like,
  passes,
  refersTo,
  SILENT,
  sinks,
  sourced,
  wrong,
  yields,
} from "../shorthand.js";

const SHELL: SymbolModel = does({ sinks: sinks("shell", argument(0)) });

/** A program at `position` (and `name`), then its arguments: one by one, or as one sequence. */
function program(position: number, form: "list" | "sequence", more = {}): SymbolModel {
  const args = form === "list" ? rest(position + 1) : argument(position + 1);
  return does({
    sinks: [...sinks("program", argument(position)), ...sinks("program-argument", args)],
    ...more,
  });
}

/** Whether it waits for the program depends on its mode; it waits in any case until the program is loaded. */
const SPAWNS = { waits: { on: "disk" } } as const;

const programs: Record<string, SymbolModel> = {
  "os.system": does({
    sinks: sinks("shell", argument(0, "command")),
    waits: { on: "process", unlimitedWhen: [] },
  }),
  "os.popen": gives("io.TextIOWrapper", { sinks: sinks("shell", argument(0, "cmd")), acquires: "process" }),
  ...each("os", "popen2 popen3 popen4", SHELL),
  "platform.popen": SHELL,
  ...each("os", "execl execle execlp execlpe", program(0, "list", { neverReturns: true })),
  ...each("os", "execv execve execvp execvpe", program(0, "sequence", { neverReturns: true })),
  ...each(
    "os",
    "posix_spawn posix_spawnp",
    program(0, "sequence", { acquires: "process", waits: { on: "disk" } }),
  ),
  ...each("os", "spawnl spawnle spawnlp spawnlpe", program(1, "list", SPAWNS)),
  ...each("os", "spawnv spawnve spawnvp spawnvpe", program(1, "sequence", SPAWNS)),
  "os.startfile": does({ sinks: sinks("program", argument(0)) }),
  "pty.spawn": does({
    sinks: [
      { kind: "program", argument: argument(0), element: 0 },
      { kind: "program-argument", argument: argument(0), form: "sequence" },
    ],
    waits: { on: "process", unlimitedWhen: [] },
  }),
  ...each("os", "fork forkpty", does({ acquires: "process" })),
  ...each("os", "wait wait3 waitid", does({ waits: { on: "process", unlimitedWhen: [] } })),
  ...each(
    "os",
    "waitpid wait4",
    does({
      waits: { on: "process", unlimitedWhen: [{ argument: argument(1), is: [0] }] },
      releases: argument(0),
    }),
  ),
  ...each("os", "_exit abort", does({ neverReturns: true })),
  "os.kill": SILENT,
  "os.killpg": SILENT,
  "shlex.quote": { call: { propagates: [argument(0, "s")], sanitizes: ["shell"], returns: "builtins.str" } },
  "shlex.join": {
    call: { propagates: [argument(0, "split_command")], sanitizes: ["shell"], returns: "builtins.str" },
  },
  "shlex.split": { call: { propagates: [argument(0)], returns: "builtins.list" } },
  "pipes.quote": { alias: "shlex.quote" },
};

const ONE_PATH: SymbolModel = does({ sinks: sinks("path", argument(0, "path")) });
const TWO_PATHS: SymbolModel = does({ sinks: sinks("path", argument(0, "src"), argument(1, "dst")) });
const INSPECTS: SymbolModel = does({ inspects: argument(0, "path") });
/** Writable by the group or by everybody. */
const WRITABLE_BY_OTHERS = 0o022;

const files: Record<string, SymbolModel> = {
  "os.open": gives("os.open()", { sinks: sinks("path", argument(0, "path")), acquires: "file" }),
  "os.fdopen": gives("io.TextIOWrapper", { acquires: "file" }),
  "os.close": does({ releases: argument(0, "fd") }),
  "os.read": yields("file"),
  ...each("os", "chroot chdir lchown chown listdir lchmod mkdir mkfifo mknod remove", ONE_PATH),
  ...each("os", "removexattr rmdir setxattr truncate unlink utime", ONE_PATH),
  ...each("os", "link rename replace symlink", TWO_PATHS),
  "os.renames": does({ sinks: sinks("path", argument(0, "old"), argument(1, "new")) }),
  "os.makedirs": does({ sinks: sinks("path", argument(0, "name")) }),
  "os.removedirs": does({ sinks: sinks("path", argument(0, "name")) }),
  "os.readlink": yields("file", { sinks: sinks("path", argument(0, "path")) }),
  "os.scandir": { call: { sinks: sinks("path", argument(0, "path")), propagates: [argument(0, "path")] } },
  ...each("os", "walk fwalk", {
    call: { sinks: sinks("path", argument(0, "top")), propagates: [argument(0, "top")] },
  }),
  "os.chmod": does({
    sinks: sinks("path", argument(0, "path")),
    misuses: [
      wrong("permissive-mode", { argument: argument(1, "mode"), bits: WRITABLE_BY_OTHERS }),
      wrong(
        "permissive-mode",
        refersTo(argument(1, "mode"), "stat.S_IRWXO", "stat.S_IWOTH", "stat.S_IRWXG", "stat.S_IWGRP"),
      ),
    ],
  }),
  "os.fchmod": does({
    misuses: [wrong("permissive-mode", { argument: argument(1, "mode"), bits: WRITABLE_BY_OTHERS })],
  }),
  "os.umask": does({ misuses: [wrong("permissive-mode", { argument: argument(0), is: [0] })] }),
  ...each("os", "access stat lstat", INSPECTS),
  ...each("os", "fstat fsync ftruncate isatty lseek write statvfs urandom", SILENT),
  ...each("os", "tempnam tmpnam", does({ misuses: [wrong("temporary-name")] })),
  ...each("os", "fspath fsencode fsdecode", FIRST),
};

export const os: LibraryModel = {
  library: "os",
  symbols: {
    ...programs,
    ...files,
    "os.environ": { member: { type: "os._Environ", source: "local" } },
    "os.environb": { member: { type: "os._Environ", source: "local" } },
    "os._Environ": like("builtins.dict"),
    "os.getenv": { call: { source: "local", propagates: [argument(1, "default")] } },
    "os.getenvb": { call: { source: "local", propagates: [argument(1, "default")] } },
    "os.putenv": SILENT,
    "sys.argv": sourced("local"),
    "sys.stdin": sourced("local"),
    "sys.stdin.read": { call: { propagates: ["receiver"], unbounded: { limit: argument(0) } } },
    "sys.stdin.buffer.read": { call: { propagates: ["receiver"], unbounded: { limit: argument(0) } } },
    ...each("sys", "stdout.write stderr.write", does({ sinks: sinks("log", argument(0)) })),
    ...each("sys.path", "append", does({ sinks: sinks("import", argument(0)) })),
    "sys.path.insert": does({ sinks: sinks("import", argument(1)) }),
    "sys.path.extend": does({ sinks: sinks("import", argument(0)) }),
    "sys.exit": does({ neverReturns: true }),
    "sys.getsizeof": SILENT,
    "sys.intern": passes(argument(0)),
  },
};
