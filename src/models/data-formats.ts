// Formats that carry data only: JSON, CSV, MessagePack, TOML, property lists, INI files. They pass on what they read.
// Facts: https://docs.python.org/3/library/json.html, https://docs.python.org/3/library/csv.html, https://docs.python.org/3/library/tomllib.html,
// https://docs.python.org/3/library/plistlib.html, https://docs.python.org/3/library/configparser.html, https://msgpack-python.readthedocs.io/
import { argument, each, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, likeType, named, PASSES_FIRST, SILENT } from "./shapes.js";

const PARSES: SymbolModel = { call: { propagates: [argument(0)], parses: true } };
const READS_FILE: SymbolModel = { call: { propagates: [argument(0)], source: "file" } };

const TEXT_FORMATS = ["json", "simplejson", "ujson", "orjson", "rapidjson", "hjson", "json5", "anyjson"];
const BINARY_FORMATS = [
  "msgpack",
  "cbor",
  "cbor2",
  "bson",
  "toml",
  "tomli",
  "tomllib",
  "rtoml",
  "tomlkit",
  "pytoml",
  "plistlib",
];

function format(module: string): Record<string, SymbolModel> {
  return {
    [`${module}.loads`]: PARSES,
    [`${module}.dumps`]: PASSES_FIRST,
    [`${module}.load`]: READS_FILE,
  };
}

/** A cell that starts with = + - @ is a formula for a spreadsheet. */
const CSV_WRITER = "csv.writer()";
const csv: Record<string, SymbolModel> = {
  "csv.reader": READS_FILE,
  "csv.DictReader": { call: { propagates: [argument(0)], source: "file", returns: "csv.DictReader" } },
  "csv.writer": gives(CSV_WRITER),
  [CSV_WRITER]: {},
  [`${CSV_WRITER}.writerow`]: {
    call: { sinks: [{ kind: "csv", argument: argument(0, "row") }], propagates: "none" },
  },
  [`${CSV_WRITER}.writerows`]: {
    call: { sinks: [{ kind: "csv", argument: argument(0, "rows") }], propagates: "none" },
  },
  "csv.DictWriter": gives("csv.DictWriter"),
  "csv.DictWriter.writeheader": SILENT,
  "csv.DictWriter.writerow": {
    call: { sinks: [{ kind: "csv", argument: argument(0, "rowdict") }], propagates: "none" },
  },
  "csv.DictWriter.writerows": {
    call: { sinks: [{ kind: "csv", argument: argument(0, "rowdicts") }], propagates: "none" },
  },
  "unicodecsv.writer": gives(CSV_WRITER),
  "unicodecsv.DictWriter": gives("csv.DictWriter"),
};

/** Values are continued over lines, so that they cannot begin an option; names can. */
const PARSER = "configparser.RawConfigParser";
const ini: Record<string, SymbolModel> = {
  [PARSER]: gives(PARSER),
  ...named(
    [
      "configparser.ConfigParser",
      "configparser.SafeConfigParser",
      "ConfigParser.ConfigParser",
      "ConfigParser.RawConfigParser",
      "ConfigParser.SafeConfigParser",
      "six.moves.configparser.ConfigParser",
    ],
    gives(PARSER),
  ),
  ...each(PARSER, "get items options sections", { call: { source: "file", propagates: ["receiver"] } }),
  ...each(
    PARSER,
    "getint getfloat getboolean has_section has_option add_section remove_option remove_section",
    SILENT,
  ),
  ...each(PARSER, "read readfp read_file", SILENT),
  ...each(PARSER, "read_string read_dict", { call: { propagates: "none", fills: [argument(0)] } }),
  [`${PARSER}.set`]: {
    call: {
      sinks: [
        { kind: "config-line", argument: argument(0, "section") },
        { kind: "config-line", argument: argument(1, "option") },
      ],
      propagates: "none",
    },
  },
  "configparser.SectionProxy": likeType(PARSER),
};

export const dataFormats: LibraryModel = {
  library: "data-formats",
  symbols: {
    ...Object.assign({}, ...[...TEXT_FORMATS, ...BINARY_FORMATS].map(format)),
    ...named(["msgpack.unpackb", "msgpack.unpack", "bson.decode", "plistlib.readPlistFromString"], PARSES),
    "msgpack.packb": PASSES_FIRST,
    "plistlib.readPlist": READS_FILE,
    "json.JSONEncoder": {},
    "json.JSONDecoder": {},
    "json.JSONDecoder.decode": PARSES,
    "json.JSONEncoder.encode": PASSES_FIRST,
    ...csv,
    ...ini,
  },
};
