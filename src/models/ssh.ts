// Commands and files on other machines: paramiko, asyncssh, fabric (1 and 2), invoke.
// Facts: https://docs.paramiko.org/en/stable/api/client.html, https://asyncssh.readthedocs.io/en/latest/api.html,
// https://docs.fabfile.org/en/latest/, https://docs.fabfile.org/en/1.14/, https://docs.pyinvoke.org/en/stable/
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "./model.js";
import {
  does,
  gives,
  is,
  RELEASES,
  refersTo,
  SILENT,
  sinks,
  type Waits,
  wrong,
  yields,
} from "./shorthand.js";

const CLIENT = "paramiko.SSHClient";
const CHANNEL = "paramiko.Channel";
const SFTP = "paramiko.SFTPClient";
const WAITS: Waits = { on: "network", unlimitedWhen: [] };
const TRUSTING = ["AutoAddPolicy", "WarningPolicy"].flatMap((name) => [
  `paramiko.${name}`,
  `paramiko.client.${name}`,
]);
const RUNS: SymbolModel = does({
  sinks: sinks("shell", argument(0, "command")),
  waits: { on: "network", timeout: argument(2, "timeout") },
});

const paramiko: Record<string, SymbolModel> = {
  [CLIENT]: gives(CLIENT, { acquires: "connection" }),
  "paramiko.client.SSHClient": { ...gives(CLIENT, { acquires: "connection" }), extends: [CLIENT] },
  [`${CLIENT}.connect`]: does({
    sinks: sinks("url", argument(0, "hostname")),
    waits: { on: "network", timeout: argument(6, "timeout") },
  }),
  [`${CLIENT}.exec_command`]: RUNS,
  [`${CLIENT}.set_missing_host_key_policy`]: does({
    misuses: [wrong("host-key-unverified", refersTo(argument(0, "policy"), ...TRUSTING))],
  }),
  [`${CLIENT}.invoke_shell`]: gives(CHANNEL, { acquires: "socket" }),
  [`${CLIENT}.open_sftp`]: gives(SFTP, { acquires: "connection" }),
  [`${CLIENT}.get_transport`]: gives("paramiko.Transport"),
  ...each(CLIENT, "load_host_keys load_system_host_keys", SILENT),
  ...each(CLIENT, "close __exit__", RELEASES),
  "paramiko.Transport": gives("paramiko.Transport", {
    sinks: sinks("url", argument(0, "sock")),
    acquires: "connection",
  }),
  "paramiko.Transport.connect": does({
    misuses: [wrong("host-key-unverified", { argument: argument(0, "hostkey"), missing: true, is: [null] })],
    waits: WAITS,
  }),
  ...each(
    "paramiko.Transport",
    "open_session open_channel",
    gives(CHANNEL, {
      acquires: "socket",
      waits: { on: "network", timeout: keyword("timeout") },
    }),
  ),
  "paramiko.Transport.close": RELEASES,
  [`${CHANNEL}.exec_command`]: does({ sinks: sinks("shell", argument(0, "command")) }),
  ...each(CHANNEL, "recv recv_stderr", yields("remote-response", { waits: WAITS })),
  [`${CHANNEL}.recv_exit_status`]: does({ waits: { on: "process", unlimitedWhen: [] } }),
  [`${CHANNEL}.settimeout`]: does({ limits: { of: "receiver", timeout: argument(0, "timeout") } }),
  ...each(CHANNEL, "send sendall", does({ waits: WAITS })),
  ...each(CHANNEL, "close __exit__", RELEASES),
  "paramiko.SFTPClient.from_transport": gives(SFTP, { acquires: "connection" }),
  [`${SFTP}.get`]: does({ sinks: sinks("path", argument(1, "localpath")), waits: WAITS }),
  [`${SFTP}.put`]: does({ sinks: sinks("path", argument(0, "localpath")), waits: WAITS }),
  ...each(SFTP, "listdir listdir_attr listdir_iter", yields("remote-response", { waits: WAITS })),
  ...each(SFTP, "close __exit__", RELEASES),
  "paramiko.ProxyCommand": gives("paramiko.ProxyCommand", {
    sinks: sinks("program", argument(0, "command_line")),
  }),
  ...each(
    "paramiko",
    "RSAKey.generate DSSKey.generate",
    does({
      misuses: [wrong("weak-key", { argument: argument(0, "bits"), below: 2048 })],
    }),
  ),
};

const ASYNC = "asyncssh.SSHClientConnection";
const asyncssh: Record<string, SymbolModel> = {
  ...each(
    "asyncssh",
    "connect connect_reverse",
    gives(ASYNC, {
      sinks: sinks("url", argument(0, "host")),
      misuses: [wrong("host-key-unverified", is(keyword("known_hosts"), null))],
      acquires: "connection",
      waits: { on: "network", suspends: true },
    }),
  ),
  ...each(
    ASYNC,
    "run create_process",
    does({
      sinks: sinks("shell", argument(0, "command"), keyword("command")),
      waits: { on: "network", timeout: keyword("timeout"), suspends: true },
    }),
  ),
  [`${ASYNC}.create_session`]: does({ sinks: sinks("shell", argument(1, "command")) }),
  ...each(ASYNC, "close abort __aexit__", RELEASES),
};

/** A command line that a shell runs, here or there; `timeout` is the keyword of newer versions. */
const RUNS_LINE: SymbolModel = does({
  sinks: sinks("shell", argument(0, "command")),
  waits: { on: "process", timeout: keyword("timeout") },
});

const fabric: Record<string, SymbolModel> = {
  ...each("fabric.api", "local run sudo", RUNS_LINE),
  ...each("fabric.operations", "local run sudo", RUNS_LINE),
  ...each("fabric.api", "get", does({ sinks: sinks("path", argument(1, "local_path")) })),
  ...each("fabric.api", "put", does({ sinks: sinks("path", argument(0, "local_path")) })),
  "fabric.Connection": gives("fabric.Connection", {
    sinks: sinks("url", argument(0, "host")),
    acquires: "connection",
  }),
  "fabric.connection.Connection": { ...gives("fabric.Connection"), extends: ["fabric.Connection"] },
  ...each("fabric.Connection", "local run sudo", RUNS_LINE),
  "fabric.Connection.get": does({ sinks: sinks("path", argument(1, "local")) }),
  "fabric.Connection.put": does({ sinks: sinks("path", argument(0, "local")) }),
  ...each("fabric.Connection", "close __exit__", RELEASES),
  ...each("fabric", "Group SerialGroup ThreadingGroup", {
    ...gives("fabric.Group", { sinks: sinks("url", rest(0)) }),
    extends: ["fabric.Group"],
  }),
  ...each("fabric.Group", "run sudo", RUNS_LINE),
  "fabric.task": {
    decorates: { protocol: "command", parameters: "local", types: { "0": "fabric.Connection" } },
  },
  "fabric.api.task": { decorates: { protocol: "command", parameters: "local" } },
};

const invoke: Record<string, SymbolModel> = {
  "invoke.run": RUNS_LINE,
  "invoke.Context": gives("invoke.Context"),
  "invoke.context.Context": { ...gives("invoke.Context"), extends: ["invoke.Context"] },
  ...each("invoke.Context", "run sudo", RUNS_LINE),
  "invoke.task": {
    decorates: { protocol: "command", parameters: "local", types: { "0": "invoke.Context" } },
  },
  "invoke.tasks.task": { alias: "invoke.task" },
};

export const ssh: LibraryModel = {
  library: "ssh",
  symbols: { ...paramiko, ...asyncssh, ...fabric, ...invoke },
};
