// Open files and what copies, moves and maps them: io, codecs, shutil, tempfile, fileinput, linecache, mmap, fcntl.
// Facts: https://docs.python.org/3/library/io.html, https://docs.python.org/3/library/shutil.html,
// https://docs.python.org/3/library/tempfile.html, https://docs.python.org/3/library/mmap.html,
// https://docs.python.org/3/library/fcntl.html
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "../model.js";
import {
  absentOr,
  does,
  FIRST,
  gives,
  like,
  RECEIVER,
  RELEASES,
  refersTo,
  SILENT,
  sinks,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const FILE = "io.TextIOWrapper";
const DISK: Waits = { on: "disk" };
const READS_LINE: SymbolModel = yields("file", { waits: DISK });

const open: Record<string, SymbolModel> = {
  "io.TextIOWrapper": {},
  "io.TextIOWrapper.read": yields("file", { unbounded: { limit: argument(0, "size") }, waits: DISK }),
  "io.TextIOWrapper.readlines": yields("file", { unbounded: { limit: argument(0, "hint") }, waits: DISK }),
  ...each(FILE, "readline __next__ next", READS_LINE),
  ...each(FILE, "fileno flush isatty readable reconfigure seek seekable tell truncate writable", SILENT),
  ...each(FILE, "write writelines", does({ fills: [argument(0)], waits: DISK })),
  ...each(FILE, "close __exit__", RELEASES),
  ...each(
    "io",
    "BufferedReader BufferedWriter BufferedRandom BufferedRWPair RawIOBase IOBase TextIOBase",
    like(FILE),
  ),
  "io.FileIO": {
    call: { returns: FILE, propagates: "none", sinks: sinks("path", argument(0, "file")), acquires: "file" },
    extends: [FILE],
  },
  "io.open": { alias: "builtins.open" },
  "io.open_code": gives(FILE, { sinks: sinks("path", argument(0, "path")), acquires: "file", waits: DISK }),
  "codecs.open": gives(FILE, {
    sinks: sinks("path", argument(0, "filename")),
    acquires: "file",
    waits: DISK,
  }),
  "cStringIO.StringIO": { call: { returns: "io.StringIO" } },
  "StringIO.StringIO": { call: { returns: "io.StringIO" } },
  ...each("codecs", "decode encode", FIRST),
};

/** A file in memory: what was written to it can be read from it. */
function memoryFile(type: string): Record<string, SymbolModel> {
  return {
    [type]: { call: { propagates: [argument(0)], returns: type } },
    ...each(type, "getbuffer getvalue read read1 readline readlines", RECEIVER),
    [`${type}.write`]: does({ fills: [argument(0)] }),
    ...each(type, "close seek tell truncate", SILENT),
  };
}

const COPIES: SymbolModel = does({
  sinks: sinks("path", argument(0, "src"), argument(1, "dst")),
  waits: DISK,
});

const copying: Record<string, SymbolModel> = {
  ...each("shutil", "copy copy2 copyfile copymode copystat copytree move", COPIES),
  "shutil.copyfileobj": does({ unbounded: {} }),
  "shutil.rmtree": does({ sinks: sinks("path", argument(0, "path")), waits: DISK }),
  "shutil.chown": does({ sinks: sinks("path", argument(0, "path")) }),
  "shutil.make_archive": {
    call: {
      sinks: sinks("path", argument(0, "base_name"), argument(2, "root_dir"), argument(3, "base_dir")),
      propagates: [argument(0, "base_name")],
    },
  },
  "shutil.unpack_archive": does({
    sinks: [
      ...sinks("path", argument(0, "filename"), argument(1, "extract_dir")),
      {
        kind: "archive",
        argument: argument(0, "filename"),
        when: [absentOr(keyword("filter"), null, "fully_trusted")],
      },
    ],
    misuses: [wrong("unsafe-extraction", absentOr(keyword("filter"), null, "fully_trusted"))],
    unbounded: {},
  }),
  "shutil.which": FIRST,
  ...each("shutil", "disk_usage get_terminal_size", SILENT),
};

const TEMPORARY = "tempfile._TemporaryFileWrapper";
const temporary: Record<string, SymbolModel> = {
  [TEMPORARY]: like(FILE),
  "tempfile.mktemp": does({ misuses: [wrong("temporary-name")] }),
  "tempfile.mkstemp": does({
    sinks: sinks("path", argument(0, "suffix"), argument(1, "prefix"), argument(2, "dir")),
    acquires: "temporary-file",
  }),
  "tempfile.mkdtemp": gives("builtins.str", {
    sinks: sinks("path", argument(0, "suffix"), argument(1, "prefix"), argument(2, "dir")),
    acquires: "directory",
  }),
  "tempfile.TemporaryDirectory": does({
    returns: "tempfile.TemporaryDirectory",
    sinks: sinks("path", argument(0, "suffix"), argument(1, "prefix"), argument(2, "dir")),
    acquires: "directory",
  }),
  "tempfile.TemporaryDirectory.__enter__": gives("builtins.str"),
  ...each("tempfile.TemporaryDirectory", "cleanup __exit__", RELEASES),
  ...each(
    "tempfile",
    "NamedTemporaryFile TemporaryFile",
    gives(TEMPORARY, {
      sinks: sinks("path", keyword("suffix"), keyword("prefix"), keyword("dir")),
      acquires: "temporary-file",
    }),
  ),
  "tempfile.SpooledTemporaryFile": gives(TEMPORARY, { acquires: "temporary-file" }),
  ...each("tempfile", "gettempdir gettempprefix", gives("builtins.str")),
};

const LOCKS = ["fcntl.LOCK_EX", "fcntl.LOCK_SH"];
const special: Record<string, SymbolModel> = {
  ...each("fileinput", "input FileInput", {
    call: {
      returns: "fileinput.FileInput",
      source: "file",
      propagates: "none",
      sinks: sinks("path", argument(0, "files")),
      acquires: "file",
    },
  }),
  "fileinput.FileInput.close": RELEASES,
  ...each("linecache", "getline getlines", yields("file", { sinks: sinks("path", argument(0, "filename")) })),
  "mmap.mmap": gives("mmap.mmap()", { acquires: "memory-map" }),
  "mmap.mmap().read": yields("file", { unbounded: { limit: argument(0) } }),
  "mmap.mmap().readline": READS_LINE,
  ...each("mmap.mmap()", "flush seek size tell write find rfind", SILENT),
  ...each("mmap.mmap()", "close __exit__", RELEASES),
  ...each(
    "fcntl",
    "flock lockf",
    does({
      waits: { on: "lock", unlimitedWhen: [refersTo(argument(1), ...LOCKS)] },
    }),
  ),
};

export const files: LibraryModel = {
  library: "files",
  symbols: {
    ...open,
    ...memoryFile("io.BytesIO"),
    ...memoryFile("io.StringIO"),
    ...copying,
    ...temporary,
    ...special,
  },
};
