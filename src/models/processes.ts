// Other ways to start and watch programs: pexpect, sh, plumbum, psutil.
// Facts: https://pexpect.readthedocs.io/en/stable/api/, https://sh.readthedocs.io/en/latest/,
// https://plumbum.readthedocs.io/en/latest/, https://psutil.readthedocs.io/en/latest/
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import { does, gives, RELEASES, SILENT, sinks, sourced, yields } from "./shorthand.js";
import { COMMAND } from "./stdlib/subprocess.js";

/** pexpect splits the text itself: no shell, but program and options are in it. */
const SPAWNS: SymbolModel = gives("pexpect.spawn", {
  sinks: [...sinks("program", argument(0, "command")), ...sinks("program-argument", argument(1, "args"))],
  acquires: "process",
});
const SPAWN = "pexpect.spawn";

const pexpect: Record<string, SymbolModel> = {
  [SPAWN]: SPAWNS,
  "pexpect.spawnu": SPAWNS,
  "pexpect.pty_spawn.spawn": SPAWNS,
  ...each(
    "pexpect",
    "run runu",
    does({ sinks: sinks("program", argument(0, "command")), waits: { on: "process" } }),
  ),
  "pexpect.popen_spawn.PopenSpawn": gives(SPAWN, {
    sinks: sinks("program", argument(0, "cmd")),
    acquires: "process",
  }),
  "pexpect.replwrap.REPLWrapper.run_command": does({ sinks: sinks("code", argument(0, "command")) }),
  "pexpect.pxssh.pxssh": gives("pexpect.pxssh.pxssh()", { acquires: "connection" }),
  "pexpect.pxssh.pxssh().login": does({
    sinks: sinks("program-argument", argument(0, "server")),
    waits: { on: "network" },
  }),
  "pexpect.pxssh.pxssh().sendline": does({ sinks: sinks("shell", argument(0, "s")) }),
  "pexpect.pxssh.pxssh().logout": RELEASES,
  ...each(SPAWN, "expect expect_exact expect_list", does({ waits: { on: "process" } })),
  [`${SPAWN}.wait`]: does({ waits: { on: "process", unlimitedWhen: [] }, releases: "receiver" }),
  ...each(SPAWN, "read readline readlines read_nonblocking", does({ waits: { on: "process" } })),
  ...each(SPAWN, "isalive send sendline sendcontrol sendeof setecho", SILENT),
  ...each(SPAWN, "close terminate", RELEASES),
};

const SHELL_SCRIPT: SymbolModel = does({
  sinks: sinks("shell", rest(0)),
  waits: { on: "process", timeout: keyword("_timeout") },
});

const sh: Record<string, SymbolModel> = {
  "sh.Command": does({ sinks: sinks("program", argument(0, "path")) }),
  ...each("sh", "bash dash ksh sh zsh", SHELL_SCRIPT),
  "sh.ssh": does({
    sinks: [...sinks("program-argument", argument(0)), ...sinks("shell", rest(1))],
    waits: { on: "process", timeout: keyword("_timeout") },
  }),
};

const plumbum: Record<string, SymbolModel> = {
  "plumbum.local.get": does({ sinks: sinks("program", argument(0)) }),
  "plumbum.local.which": does({ sinks: sinks("program", argument(0)) }),
  "plumbum.local.path": { call: { propagates: [rest(0)] } },
  "plumbum.SshMachine": gives("plumbum.SshMachine", {
    sinks: sinks("program-argument", argument(0, "host")),
    acquires: "connection",
  }),
  "plumbum.SshMachine.close": RELEASES,
};

const PROCESS = "psutil.Process";
const psutil: Record<string, SymbolModel> = {
  [PROCESS]: gives(PROCESS),
  ...each(PROCESS, "cmdline cwd environ exe name username", yields("local")),
  [`${PROCESS}.wait`]: does({ waits: { on: "process", timeout: argument(0, "timeout") } }),
  ...each(PROCESS, "is_running kill resume send_signal status suspend terminate", SILENT),
  [`${PROCESS}.info`]: sourced("local"),
  "psutil.Popen": {
    ...gives("psutil.Popen", { sinks: COMMAND, acquires: "process" }),
    extends: ["subprocess.Popen", PROCESS],
  },
  "psutil.wait_procs": does({ waits: { on: "process", timeout: argument(1, "timeout") } }),
  "psutil.process_iter": does({ returns: PROCESS, returnsMany: true }),
  ...each("psutil", "boot_time cpu_count cpu_percent disk_usage pid_exists pids virtual_memory", SILENT),
};

export const processes: LibraryModel = {
  library: "processes",
  symbols: { ...pexpect, ...sh, ...plumbum, ...psutil },
};
