// Paths as text and as objects: os.path, pathlib, glob, fnmatch.
// Facts: https://docs.python.org/3/library/os.path.html, https://docs.python.org/3/library/pathlib.html,
// https://docs.python.org/3/library/glob.html, https://docs.python.org/3/library/fnmatch.html
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "../model.js";
import {
  does,
  FIRST,
  gives,
  like,
  moved,
  SILENT,
  sinks,
  text,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const DISK: Waits = { on: "disk" };
const INSPECTS: SymbolModel = does({ inspects: argument(0), waits: DISK });
const NORMAL_FORM: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.str", normalizes: "path" },
};

const functions: Record<string, SymbolModel> = {
  "os.path.join": { call: { propagates: [argument(0)], composes: rest(1), returns: "builtins.str" } },
  ...each("os.path", "abspath realpath normpath", NORMAL_FORM),
  ...each("os.path", "dirname expanduser expandvars normcase relpath", text(argument(0))),
  "os.path.basename": { call: { propagates: [argument(0)], returns: "builtins.str", sanitizes: ["path"] } },
  ...each("os.path", "split splitdrive splitext splitroot", FIRST),
  ...each("os.path", "commonpath commonprefix", text(argument(0))),
  ...each("os.path", "exists getsize getmtime getatime getctime isdir isfile islink lexists", INSPECTS),
  ...each("os.path", "isabs isdevdrive isjunction ismount isreserved sameopenfile samestat", SILENT),
  "os.path.samefile": does({ waits: DISK }),
};

const PATH = "pathlib.Path";
const AT_RECEIVER = sinks("path", "receiver");
const RECEIVER_PATH: SymbolModel = { call: { propagates: ["receiver"], returns: PATH } };
const CHANGES: SymbolModel = does({ sinks: AT_RECEIVER, waits: DISK });
const LOOKS: SymbolModel = does({ inspects: "receiver", waits: DISK });
const NAME: SymbolModel = { member: { sanitizes: ["path"] } };

/** `path.rename(target)`: acts on both. */
function onTarget(name: string): SymbolModel {
  return {
    call: {
      sinks: [...AT_RECEIVER, ...sinks("path", argument(0, name))],
      propagates: [argument(0, name)],
      returns: PATH,
      waits: DISK,
    },
  };
}

const pure: Record<string, SymbolModel> = {
  "pathlib.PurePath": {},
  ...each("pathlib.PurePath", "joinpath with_name with_stem with_suffix with_segments", {
    call: { propagates: ["receiver"], composes: "any", returns: PATH },
  }),
  "pathlib.PurePath.relative_to": {
    call: {
      propagates: ["receiver"],
      returns: PATH,
      confines: { argument: "receiver", kind: "path", when: "returns" },
    },
  },
  "pathlib.PurePath.is_relative_to": does({
    confines: { argument: "receiver", kind: "path", when: true },
  }),
  ...each("pathlib.PurePath", "as_posix as_uri", text("receiver")),
  ...each("pathlib.PurePath", "full_match is_absolute is_reserved match", SILENT),
  ...each("pathlib.PurePath", "name stem suffix suffixes", NAME),
  "pathlib.PurePath.parent": { member: { type: "pathlib.Path" } },
};

const concrete: Record<string, SymbolModel> = {
  "pathlib.Path": like("pathlib.PurePath"),
  ...each("pathlib", "PosixPath WindowsPath", { call: { returns: PATH }, extends: [PATH] }),
  ...each("pathlib", "PurePosixPath PureWindowsPath", like("pathlib.PurePath")),
  ...each(PATH, "cwd home", gives(PATH)),
  "pathlib.Path.open": gives("io.TextIOWrapper", {
    sinks: AT_RECEIVER,
    acquires: "file",
    waits: DISK,
  }),
  ...each(PATH, "read_text read_bytes", yields("file", { sinks: AT_RECEIVER, unbounded: {}, waits: DISK })),
  ...each(PATH, "write_text write_bytes mkdir rmdir touch unlink", CHANGES),
  ...each(PATH, "rename replace copy move", onTarget("target")),
  ...each(PATH, "copy_into move_into", onTarget("target_dir")),
  ...each(PATH, "symlink_to hardlink_to link_to", onTarget("target")),
  ...each(
    PATH,
    "chmod lchmod",
    does({
      sinks: AT_RECEIVER,
      misuses: [wrong("permissive-mode", { argument: argument(0, "mode"), bits: 0o022 })],
    }),
  ),
  "pathlib.Path.iterdir": {
    call: {
      sinks: AT_RECEIVER,
      propagates: ["receiver"],
      returns: PATH,
      returnsMany: true,
      waits: DISK,
    },
  },
  "pathlib.Path.walk": { call: { sinks: AT_RECEIVER, propagates: ["receiver"] } },
  ...each(PATH, "glob rglob", {
    call: {
      sinks: [...AT_RECEIVER, ...sinks("path", argument(0, "pattern"))],
      propagates: ["receiver", argument(0, "pattern")],
      returns: PATH,
      returnsMany: true,
    },
  }),
  "pathlib.Path.readlink": {
    call: { sinks: AT_RECEIVER, source: "file", propagates: "none", returns: PATH },
  },
  "pathlib.Path.resolve": {
    call: { propagates: ["receiver"], returns: PATH, normalizes: "path", waits: DISK },
  },
  "pathlib.Path.absolute": RECEIVER_PATH,
  "pathlib.Path.expanduser": RECEIVER_PATH,
  ...each(PATH, "exists is_dir is_file is_symlink lstat stat", LOOKS),
  ...each(
    PATH,
    "group is_block_device is_char_device is_fifo is_junction is_mount is_socket owner samefile",
    SILENT,
  ),
};

const GLOBS: SymbolModel = {
  call: {
    sinks: sinks("path", argument(0, "pathname"), keyword("root_dir")),
    propagates: [argument(0, "pathname")],
  },
};

export const path: LibraryModel = {
  library: "os.path",
  symbols: {
    ...functions,
    ...moved(functions, "os.path", "posixpath"),
    ...moved(functions, "os.path", "ntpath"),
    ...pure,
    ...concrete,
    ...each("glob", "glob iglob", GLOBS),
    "glob.escape": FIRST,
    ...each("fnmatch", "fnmatch fnmatchcase", SILENT),
    "fnmatch.filter": FIRST,
    "fnmatch.translate": FIRST,
    "pathlib2.Path": { call: { returns: PATH }, extends: [PATH] },
    "pathlib2.PurePath": like("pathlib.PurePath"),
  },
};
