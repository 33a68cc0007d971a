// Archives and compressed data: tarfile, zipfile, gzip, bz2, lzma, zlib.
// Facts: https://docs.python.org/3/library/tarfile.html, https://docs.python.org/3/library/zipfile.html,
// https://docs.python.org/3/library/zlib.html, https://docs.python.org/3/library/bz2.html,
// https://docs.python.org/3/library/lzma.html, https://docs.python.org/3/library/gzip.html
import {
  argument,
  each,
  keyword,
  type LibraryModel,
  type SinkModel,
  type SymbolModel,
  type WrittenArgument,
} from "../model.js";
import {
  absentOr,
  does,
  gives,
  like,
  RELEASES,
  refersTo,
  SILENT,
  sinks,
  sourced,
  wrong,
} from "../shorthand.js";

const TAR = "tarfile.TarFile";
const MEMBER = "tarfile.TarInfo";
/** Without a filter, or with the one that trusts the archive, members are written wherever they say. */
const NO_FILTER = absentOr(keyword("filter"), null, "fully_trusted");
const OPENS_TAR: SymbolModel = {
  call: {
    returns: TAR,
    propagates: [argument(0, "name"), argument(2, "fileobj")],
    sinks: sinks("path", argument(0, "name")),
    acquires: "archive",
  },
};

const tar: Record<string, SymbolModel> = {
  "tarfile.open": OPENS_TAR,
  "tarfile.TarFile.open": OPENS_TAR,
  "tarfile.TarFile": OPENS_TAR,
  "tarfile.is_tarfile": SILENT,
  "tarfile.TarFile.extractall": does({
    sinks: [
      {
        kind: "archive",
        argument: "receiver",
        when: [NO_FILTER, absentOr(argument(1, "members"), null)],
      },
      ...sinks("path", argument(0, "path")),
    ],
    misuses: [wrong("unsafe-extraction", NO_FILTER, absentOr(argument(1, "members"), null))],
    unbounded: {},
  }),
  "tarfile.TarFile.extract": does({
    sinks: [
      { kind: "archive", argument: "receiver", when: [NO_FILTER] },
      { kind: "archive", argument: argument(0, "member"), when: [NO_FILTER] },
      ...sinks("path", argument(1, "path")),
    ],
    misuses: [wrong("unsafe-extraction", NO_FILTER)],
    unbounded: {},
  }),
  "tarfile.TarFile.extractfile": {
    call: { returns: "io.TextIOWrapper", source: "file", propagates: ["receiver"], acquires: "file" },
  },
  ...each(TAR, "getmembers", {
    call: { returns: MEMBER, source: "file", propagates: ["receiver"], returnsMany: true },
  }),
  ...each(TAR, "next getmember", { call: { returns: MEMBER, source: "file", propagates: ["receiver"] } }),
  "tarfile.TarFile.getnames": {
    call: { source: "archive-entry", propagates: ["receiver"], returnsMany: true },
  },
  "tarfile.TarFile.add": does({ sinks: sinks("path", argument(0, "name")) }),
  "tarfile.TarFile.addfile": SILENT,
  ...each(TAR, "close __exit__", RELEASES),
  ...each(MEMBER, "name path linkname linkpath", sourced("archive-entry")),
  ...each(MEMBER, "isfile isreg isdir issym islnk ischr isblk isfifo isdev", SILENT),
};

/** The argument may be an open file as well: then nothing is opened by its name. */
function whenText(place: WrittenArgument): SinkModel {
  return { kind: "path", argument: place, when: [refersTo(place, "builtins.str", "pathlib.Path")] };
}

const ZIP = "zipfile.ZipFile";
const zip: Record<string, SymbolModel> = {
  "zipfile.ZipFile": {
    call: {
      returns: ZIP,
      propagates: [argument(0, "file")],
      sinks: [whenText(argument(0, "file"))],
      acquires: "archive",
    },
  },
  "zipfile.PyZipFile": like(ZIP),
  "zipfile.is_zipfile": SILENT,
  // Its extraction drops drive letters, roots and "..": what is left is the size of what comes out.
  "zipfile.ZipFile.extractall": does({
    sinks: [...sinks("path", argument(0, "path")), ...sinks("size", "receiver")],
    unbounded: {},
  }),
  "zipfile.ZipFile.extract": does({
    sinks: [...sinks("path", argument(1, "path")), ...sinks("size", "receiver")],
    unbounded: {},
  }),
  "zipfile.ZipFile.open": {
    call: { returns: "io.TextIOWrapper", source: "file", propagates: ["receiver"], acquires: "file" },
  },
  "zipfile.ZipFile.read": {
    call: { source: "file", propagates: ["receiver"], sinks: sinks("size", "receiver"), unbounded: {} },
  },
  "zipfile.ZipFile.namelist": {
    call: { source: "archive-entry", propagates: ["receiver"], returnsMany: true },
  },
  ...each(ZIP, "infolist", {
    call: { returns: "zipfile.ZipInfo", source: "file", propagates: ["receiver"], returnsMany: true },
  }),
  "zipfile.ZipFile.getinfo": {
    call: { returns: "zipfile.ZipInfo", source: "file", propagates: ["receiver"] },
  },
  "zipfile.ZipInfo.filename": sourced("archive-entry"),
  "zipfile.ZipInfo.is_dir": SILENT,
  "zipfile.ZipFile.write": does({ sinks: sinks("path", argument(0, "filename")) }),
  ...each(ZIP, "writestr setpassword testzip printdir mkdir", SILENT),
  ...each(ZIP, "close __exit__", RELEASES),
};

/** A class or function that opens a compressed file as a file object. */
function opens(file: WrittenArgument, object?: WrittenArgument): SymbolModel {
  return gives("gzip.GzipFile", {
    sinks: [whenText(file)],
    propagates: object === undefined ? [file] : [file, object],
    acquires: "file",
  });
}

/** All that the data unfolds to, at once: a small request fills the memory. */
const UNFOLDS: SymbolModel = {
  call: {
    propagates: [argument(0)],
    returns: "builtins.bytes",
    sinks: sinks("size", argument(0)),
    unbounded: {},
    exposes: "all",
  },
};
const LIMIT = argument(1, "max_length");
const UNFOLDS_LIMITED: SymbolModel = {
  call: {
    propagates: [argument(0)],
    returns: "builtins.bytes",
    sinks: [{ kind: "size", argument: argument(0), when: [absentOr(LIMIT, 0, -1)] }],
    unbounded: { limit: LIMIT },
    exposes: "all",
  },
};
const FOLDS: SymbolModel = { call: { propagates: [argument(0)], returns: "builtins.bytes" } };

const compressed: Record<string, SymbolModel> = {
  "gzip.GzipFile": {
    ...opens(argument(0, "filename"), argument(3, "fileobj")),
    extends: ["io.TextIOWrapper"],
  },
  "gzip.open": opens(argument(0, "filename")),
  "bz2.open": opens(argument(0, "filename")),
  "bz2.BZ2File": opens(argument(0, "filename")),
  "lzma.open": opens(argument(0, "filename")),
  "lzma.LZMAFile": opens(argument(0, "filename")),
  "gzip.GzipFile.read": {
    call: {
      source: "file",
      propagates: ["receiver"],
      sinks: [{ kind: "size", argument: "receiver", when: [absentOr(argument(0, "size"), null, -1)] }],
      unbounded: { limit: argument(0, "size") },
    },
  },
  ...each("gzip", "decompress", UNFOLDS),
  ...each("bz2", "decompress", UNFOLDS),
  ...each("lzma", "decompress", UNFOLDS),
  ...each("zlib", "decompress", UNFOLDS),
  ...each("gzip", "compress", FOLDS),
  ...each("bz2", "compress", FOLDS),
  ...each("lzma", "compress", FOLDS),
  ...each("zlib", "compress", FOLDS),
  "zlib.decompressobj": gives("zlib.Decompress"),
  "zlib.Decompress.decompress": UNFOLDS_LIMITED,
  "zlib.Decompress.flush": { call: { propagates: ["receiver"], returns: "builtins.bytes" } },
  "bz2.BZ2Decompressor.decompress": UNFOLDS_LIMITED,
  "lzma.LZMADecompressor.decompress": UNFOLDS_LIMITED,
  ...each("zlib", "adler32 crc32", SILENT),
};

export const archives: LibraryModel = {
  library: "archives",
  symbols: { ...tar, ...zip, ...compressed },
};
