// Locks between threads, processes and machines: oslo.concurrency, fasteners, filelock, portalocker, tooz.
// Facts: https://docs.openstack.org/oslo.concurrency/latest/reference/, https://fasteners.readthedocs.io/en/latest/,
// https://py-filelock.readthedocs.io/en/latest/, https://portalocker.readthedocs.io/en/latest/,
// https://docs.openstack.org/tooz/latest/reference/
import {
  argument,
  type CallModel,
  each,
  keyword,
  type LibraryModel,
  rest,
  type SymbolModel,
} from "./model.js";
import { absentOr, does, gives, is, like, RELEASES, SILENT, sinks } from "./shorthand.js";

const SHELL = keyword("shell");
/** `execute(*cmd)`: the words of a command line; joined with spaces for a shell. */
const EXECUTES: SymbolModel = does({
  sinks: [
    { kind: "shell", argument: rest(0), when: [is(SHELL, true)] },
    { kind: "program", argument: argument(0), when: [absentOr(SHELL, false)] },
    { kind: "program-argument", argument: rest(1), when: [absentOr(SHELL, false)] },
  ],
  misuses: [{ kind: "process-fork-hook", when: [{ argument: keyword("preexec_fn") }] }],
  waits: { on: "process", timeout: keyword("timeout") },
});

/** lock(name, lock_file_prefix, external, …, blocking=True). */
const NAMED: CallModel = {
  returns: "oslo_concurrency.lockutils.lock()",
  acquires: "lock",
  identity: argument(0, "name"),
  waits: { on: "lock", unlimitedWhen: [absentOr(keyword("blocking"), true)] },
};
const NAMED_LOCK: SymbolModel = { ...does(NAMED), holds: "lock" };

const processutils: Record<string, SymbolModel> = {
  "oslo_concurrency.processutils.execute": EXECUTES,
  "oslo_concurrency.processutils.trycmd": EXECUTES,
  "oslo_concurrency.processutils.ssh_execute": does({
    sinks: sinks("shell", argument(1, "cmd")),
    waits: { on: "process", timeout: argument(6, "timeout") },
  }),
};

const lockutils: Record<string, SymbolModel> = {
  "oslo_concurrency.lockutils.lock": NAMED_LOCK,
  "oslo_concurrency.lockutils.synchronized": NAMED_LOCK,
  "oslo_concurrency.lockutils.internal_lock": does({
    returns: "threading.Semaphore",
    identity: argument(0, "name"),
  }),
  "oslo_concurrency.lockutils.external_lock": does({
    returns: "fasteners.InterProcessLock",
    identity: argument(0, "name"),
  }),
  // They give a `lock` or `synchronized` whose names have a prefix.
  ...each("oslo_concurrency.lockutils", "lock_with_prefix synchronized_with_prefix", SILENT),
  "oslo_concurrency.lockutils.synchronized_with_prefix()": NAMED_LOCK,
  "oslo_concurrency.lockutils.lock_with_prefix()": NAMED_LOCK,
};

const PROCESS_LOCK = "fasteners.InterProcessLock";
const fasteners: Record<string, SymbolModel> = {
  [PROCESS_LOCK]: gives(PROCESS_LOCK, { sinks: sinks("path", argument(0, "path")) }),
  "fasteners.process_lock.InterProcessLock": { ...gives(PROCESS_LOCK), extends: [PROCESS_LOCK] },
  [`${PROCESS_LOCK}.acquire`]: does({
    acquires: "file-lock",
    waits: {
      on: "lock",
      timeout: argument(3, "timeout"),
      limitedWhen: [is(argument(0, "blocking"), false)],
    },
  }),
  [`${PROCESS_LOCK}.__enter__`]: does({ acquires: "file-lock", waits: { on: "lock", unlimitedWhen: [] } }),
  ...each(PROCESS_LOCK, "release __exit__", RELEASES),
  "fasteners.interprocess_locked": { holds: "file-lock" },
  "fasteners.locked": { holds: "lock" },
  "fasteners.ReaderWriterLock": gives("fasteners.ReaderWriterLock"),
  ...each("fasteners.ReaderWriterLock", "read_lock write_lock", {
    ...does({ acquires: "lock", waits: { on: "lock", unlimitedWhen: [] } }),
    holds: "lock",
  }),
  ...each("fasteners", "read_locked write_locked", { holds: "lock" }),
};

const FILE_LOCK = "filelock.FileLock";
const filelock: Record<string, SymbolModel> = {
  [FILE_LOCK]: gives(FILE_LOCK, { sinks: sinks("path", argument(0, "lock_file")) }),
  ...each("filelock", "SoftFileLock UnixFileLock WindowsFileLock", {
    ...gives(FILE_LOCK, { sinks: sinks("path", argument(0, "lock_file")) }),
    extends: [FILE_LOCK],
  }),
  [`${FILE_LOCK}.acquire`]: does({
    acquires: "file-lock",
    reentrant: true,
    waits: {
      on: "lock",
      timeout: argument(0, "timeout"),
      limitedWhen: [is(keyword("blocking"), false)],
    },
  }),
  [`${FILE_LOCK}.__enter__`]: does({
    acquires: "file-lock",
    reentrant: true,
    waits: { on: "lock", unlimitedWhen: [] },
  }),
  ...each(FILE_LOCK, "release __exit__", RELEASES),
};

/** It gives up after five seconds unless told otherwise. */
const PORTA = "portalocker.Lock";
const portalocker: Record<string, SymbolModel> = {
  [PORTA]: gives(PORTA, { sinks: sinks("path", argument(0, "filename")) }),
  ...each(PORTA, "acquire __enter__", does({ acquires: "file-lock", waits: { on: "lock" } })),
  ...each(PORTA, "release __exit__", RELEASES),
  "portalocker.RLock": like(PORTA),
  "portalocker.unlock": does({ releases: argument(0) }),
};

const COORDINATOR = "tooz.coordination.CoordinationDriver";
const TOOZ_LOCK = "tooz.locking.Lock";
const tooz: Record<string, SymbolModel> = {
  "tooz.coordination.get_coordinator": gives(COORDINATOR, { acquires: "connection" }),
  [`${COORDINATOR}.get_lock`]: gives(TOOZ_LOCK, { identity: argument(0, "name") }),
  [`${COORDINATOR}.stop`]: RELEASES,
  ...each(COORDINATOR, "heartbeat start", SILENT),
  [`${TOOZ_LOCK}.acquire`]: does({
    acquires: "lock",
    waits: { on: "lock", timeout: keyword("timeout"), limitedWhen: [is(argument(0, "blocking"), false)] },
  }),
  [`${TOOZ_LOCK}.__enter__`]: does({ acquires: "lock", waits: { on: "lock", unlimitedWhen: [] } }),
  ...each(TOOZ_LOCK, "release __exit__", RELEASES),
  ...each(TOOZ_LOCK, "break_ heartbeat", SILENT),
};

const excutils: Record<string, SymbolModel> = {
  "oslo_utils.excutils.save_and_reraise_exception": does({
    returns: "oslo_utils.excutils.save_and_reraise_exception()",
    reraises: true,
  }),
  "oslo_utils.excutils.save_and_reraise_exception().force_reraise": does({ neverReturns: true }),
  "oslo_utils.excutils.raise_with_cause": does({ neverReturns: true }),
  ...each("oslo_utils.strutils", "bool_from_string", SILENT),
  ...each("oslo_utils.strutils", "mask_password mask_dict_password", {
    call: { propagates: [argument(0)], sanitizes: ["log", "response"] },
  }),
  ...each("oslo_utils.encodeutils", "safe_decode safe_encode to_utf8", {
    call: { propagates: [argument(0)] },
  }),
  ...each("oslo_utils.uuidutils", "generate_uuid is_uuid_like", SILENT),
  "oslo_utils.secretutils.constant_time_compare": does({ decides: "signature" }),
};

export const locks: LibraryModel = {
  library: "locks",
  symbols: {
    ...processutils,
    ...lockutils,
    ...fasteners,
    ...filelock,
    ...portalocker,
    ...tooz,
    ...excutils,
  },
};
