// The built-in functions of Python 3 and 2, and the methods of text, bytes, numbers and containers.
// Facts: https://docs.python.org/3/library/functions.html, https://docs.python.org/3/library/stdtypes.html,
// https://docs.python.org/2.7/library/functions.html
import {
  argument,
  type DuckModel,
  each,
  keyword,
  type LibraryModel,
  rest,
  type SymbolModel,
} from "../model.js";
import { does, FIRST, gives, moved, passes, RECEIVER, SILENT, sinks, text } from "../shorthand.js";

const NUMBER = gives("builtins.int");
const LIST: SymbolModel = { call: { propagates: [argument(0)], returns: "builtins.list" } };
const TEXT_OF_RECEIVER = text("receiver");
const LIST_OF_RECEIVER: SymbolModel = { call: { propagates: ["receiver"], returns: "builtins.list" } };
const PLAIN: SymbolModel = does({ validates: { argument: "receiver", kinds: "all", when: true } });
const BEGINNING: SymbolModel = does({ confines: { argument: "receiver", kind: "path", when: true } });
const OPENS: SymbolModel = gives("io.TextIOWrapper", {
  sinks: sinks("path", argument(0, "file")),
  acquires: "file",
  waits: { on: "disk" },
});
const ASKS_USER: SymbolModel = does({ source: "local", waits: { on: "user", unlimitedWhen: [] } });
const RUNS_CODE: SymbolModel = does({ sinks: sinks("code", argument(0)) });

const functions: Record<string, SymbolModel> = {
  ...each(
    "builtins",
    "abs all any bin bool callable chr cmp complex divmod float hasattr hash hex id isinstance issubclass oct",
    SILENT,
  ),
  ...each("builtins", "globals help locals pow range round slice sum type unichr xrange", SILENT),
  ...each("builtins", "int len long ord", NUMBER),
  ...each(
    "builtins",
    "aiter anext buffer enumerate intern iter max memoryview min next reversed vars",
    FIRST,
  ),
  ...each("builtins", "ascii format repr str unicode", text(argument(0))),
  ...each("builtins", "frozenset list set sorted tuple", LIST),
  ...each("builtins", "bytes bytearray", { call: { propagates: [argument(0)], returns: "builtins.bytes" } }),
  "builtins.set": { call: { propagates: [argument(0)], returns: "builtins.set" } },
  "builtins.frozenset": { call: { propagates: [argument(0)], returns: "builtins.set" } },
  "builtins.tuple": { call: { propagates: [argument(0)], returns: "builtins.tuple" } },
  "builtins.dict": { call: { propagates: ["any"], returns: "builtins.dict" } },
  "builtins.zip": passes("any"),
  "builtins.map": {
    call: { propagates: [rest(1)], calls: { callback: argument(0), with: [rest(1)] } },
  },
  "builtins.filter": {
    call: { propagates: [argument(1)], calls: { callback: argument(0), with: [argument(1)] } },
  },
  "builtins.reduce": {
    call: {
      propagates: [argument(1), argument(2)],
      calls: { callback: argument(0), with: [argument(1), argument(2)] },
    },
  },
  "builtins.apply": {
    call: { propagates: [rest(1)], calls: { callback: argument(0), with: [rest(1)] } },
  },
  "builtins.getattr": {
    call: { propagates: [argument(0), argument(2)], sinks: sinks("attribute-name", argument(1)) },
  },
  "builtins.setattr": does({ sinks: sinks("mass-assignment", argument(1)) }),
  "builtins.delattr": does({ sinks: sinks("attribute-name", argument(1)) }),
  "builtins.eval": RUNS_CODE,
  "builtins.exec": RUNS_CODE,
  "builtins.compile": {
    call: {
      propagates: "none",
      sinks: [
        {
          kind: "code",
          argument: argument(0, "source"),
          when: [{ argument: argument(3, "flags"), missing: true, notRefersTo: ["ast.PyCF_ONLY_AST"] }],
        },
      ],
    },
  },
  "builtins.execfile": does({ sinks: sinks("path", argument(0)) }),
  "builtins.__import__": does({ sinks: sinks("import", argument(0, "name")) }),
  "builtins.input": ASKS_USER,
  "builtins.raw_input": ASKS_USER,
  "builtins.open": OPENS,
  "builtins.file": OPENS,
  "builtins.print": does({
    sinks: [
      {
        kind: "log",
        argument: rest(0),
        when: [{ argument: keyword("file"), missing: true, refersTo: ["sys.stdout", "sys.stderr"] }],
      },
    ],
  }),
  ...each("builtins", "exit quit", does({ neverReturns: true })),
};

const TEXT_CHANGES =
  "capitalize casefold expandtabs lower lstrip removeprefix removesuffix rstrip strip swapcase title upper zfill";
const TEXT_PLAIN = "isalnum isalpha isdecimal isdigit isidentifier isnumeric";
const TEXT_TESTS =
  "count endswith find index isascii islower isprintable isspace istitle isupper maketrans rfind rindex";

const STRIPPED: SymbolModel = {
  call: {
    propagates: ["receiver"],
    returns: "builtins.str",
    normalizes: "redirect",
    normalizesWhen: [{ argument: argument(0), is: ["/"] }],
  },
};

const strings: Record<string, SymbolModel> = {
  ...each("builtins.str", `${TEXT_CHANGES} translate`, TEXT_OF_RECEIVER),
  ...each("builtins.str", "lstrip strip", STRIPPED),
  ...each("builtins.str", "center ljust rjust", text("receiver", argument(1))),
  ...each("builtins.str", "split rsplit splitlines partition rpartition", LIST_OF_RECEIVER),
  ...each("builtins.str", TEXT_TESTS, SILENT),
  ...each("builtins.str", TEXT_PLAIN, PLAIN),
  "builtins.str.startswith": BEGINNING,
  "builtins.str.replace": text("receiver", argument(1)),
  "builtins.str.join": {
    call: { propagates: ["receiver"], composes: argument(0), returns: "builtins.str" },
  },
  ...each("builtins.str", "format format_map", {
    call: {
      propagates: ["receiver"],
      composes: "any",
      returns: "builtins.str",
      sinks: sinks("format-string", "receiver"),
    },
  }),
  "builtins.str.encode": { call: { propagates: ["receiver"], returns: "builtins.bytes" } },
  "builtins.str.decode": TEXT_OF_RECEIVER,
  ...each("builtins.bytes", `${TEXT_CHANGES} translate`, {
    call: { propagates: ["receiver"], returns: "builtins.bytes" },
  }),
  ...each("builtins.bytes", "center ljust rjust replace", {
    call: { propagates: ["receiver", argument(1)], returns: "builtins.bytes" },
  }),
  ...each("builtins.bytes", "split rsplit splitlines partition rpartition", LIST_OF_RECEIVER),
  ...each("builtins.bytes", TEXT_TESTS, SILENT),
  ...each("builtins.bytes", "isalnum isalpha isdigit", PLAIN),
  "builtins.bytes.startswith": BEGINNING,
  "builtins.bytes.join": { call: { propagates: ["receiver", argument(0)], returns: "builtins.bytes" } },
  "builtins.bytes.decode": TEXT_OF_RECEIVER,
  "builtins.bytes.hex": { call: { propagates: ["receiver"], returns: "builtins.str", sanitizes: "all" } },
  "builtins.bytes.fromhex": {
    call: { propagates: [argument(0)], returns: "builtins.bytes", exposes: "all" },
  },
};

const FILLS_FIRST: SymbolModel = does({ fills: [argument(0)] });
const LOOKS_UP: SymbolModel = { call: { propagates: ["receiver", argument(1)], reads: argument(0) } };

const containers: Record<string, SymbolModel> = {
  ...each("builtins.list", "append extend", FILLS_FIRST),
  "builtins.list.insert": does({ fills: [argument(1)] }),
  "builtins.list.pop": RECEIVER,
  "builtins.list.copy": LIST_OF_RECEIVER,
  ...each("builtins.list", "clear count index remove reverse sort", SILENT),
  ...each("builtins.tuple", "count index", SILENT),
  "builtins.dict.get": LOOKS_UP,
  "builtins.dict.pop": LOOKS_UP,
  "builtins.dict.setdefault": {
    call: { propagates: ["receiver", argument(1)], fills: [argument(1)], reads: argument(0) },
  },
  "builtins.dict.update": does({ fills: ["any"] }),
  "builtins.dict.fromkeys": { call: { returns: "builtins.dict" } },
  "builtins.dict.copy": { call: { propagates: ["receiver"], returns: "builtins.dict" } },
  ...each("builtins.dict", "items iteritems iterkeys itervalues keys popitem values", RECEIVER),
  ...each("builtins.dict", "clear has_key", SILENT),
  "builtins.set.add": FILLS_FIRST,
  "builtins.set.update": does({ fills: [rest(0)] }),
  "builtins.set.pop": RECEIVER,
  ...each("builtins.set", "union symmetric_difference", { call: { returns: "builtins.set" } }),
  ...each("builtins.set", "copy difference intersection", {
    call: { propagates: ["receiver"], returns: "builtins.set" },
  }),
  ...each("builtins.set", "clear discard isdisjoint issubset issuperset remove", SILENT),
};

export const builtins: LibraryModel = {
  library: "builtins",
  symbols: { ...functions, ...moved(functions, "builtins", "__builtin__"), ...strings, ...containers },
  ducks: [
    {
      methods: ["update"],
      receiver: /^__dict__$/,
      model: does({ sinks: sinks("mass-assignment", argument(0)) }),
    },
  ],
};

/** Methods that nearly every class with them has from text or mappings: what they give holds what the receiver holds. */
const TEXT_METHODS: readonly DuckModel[] = [
  duck("lstrip strip", STRIPPED),
  duck(`${TEXT_CHANGES} decode`, TEXT_OF_RECEIVER),
  duck("split rsplit splitlines partition rpartition", LIST_OF_RECEIVER),
  duck("encode", { call: { propagates: ["receiver"], returns: "builtins.bytes" } }),
  duck("replace", text("receiver", argument(1))),
  duck("format format_map", { call: { propagates: ["receiver"], composes: "any", returns: "builtins.str" } }),
  duck("get", { call: { propagates: ["receiver", argument(1)] } }),
];

function duck(methods: string, model: SymbolModel): DuckModel {
  return { methods: methods.split(" "), receiver: /./, model };
}

/** What these methods answer on any receiver; listed last, so that more special ducks come first. */
export const anyReceiver: LibraryModel = {
  library: "builtins (any receiver)",
  symbols: {},
  ducks: [
    {
      methods: [
        ..."isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isspace istitle isupper".split(
          " ",
        ),
        ..."startswith endswith count find index rfind rindex".split(" "),
      ],
      receiver: /./,
      model: SILENT,
    },
    ...TEXT_METHODS,
  ],
};
