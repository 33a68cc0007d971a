// The built-in functions and the methods of strings and containers.
import { argument, type LibraryModel, type SymbolModel } from "./model.js";

/** Numbers, truth values and sizes cannot carry an attack. */
const HARMLESS: SymbolModel = { call: { propagates: "none" } };
const PASSES_FIRST: SymbolModel = { call: { propagates: [argument(0)] } };

const harmless = [
  ..."abs bin bool chr complex divmod float hash hex id int isinstance issubclass len oct ord pow range round".split(
    " ",
  ),
  ..."callable hasattr all any sum".split(" "),
];
const passesFirst = [
  ..."ascii bytearray bytes dict enumerate filter format frozenset iter list".split(" "),
  ..."max min next repr reversed set sorted str tuple zip".split(" "),
];

export const builtins: LibraryModel = {
  library: "builtins",
  symbols: {
    ...Object.fromEntries(harmless.map((name) => [`builtins.${name}`, HARMLESS])),
    ...Object.fromEntries(passesFirst.map((name) => [`builtins.${name}`, PASSES_FIRST])),
    "builtins.zip": { call: { propagates: ["any"] } },
    "builtins.map": { call: { propagates: [argument(1)] } },
    "builtins.getattr": { call: { propagates: [argument(0), argument(2)] } },
    "builtins.input": { call: { source: "local", propagates: "none" } },
    "builtins.open": { call: { returns: "io.TextIOWrapper", propagates: "none" } },
    "builtins.print": { call: { propagates: "none" } },
    "io.TextIOWrapper": {},
    "io.TextIOWrapper.read": { call: { source: "file", propagates: "none" } },
    "io.TextIOWrapper.readline": { call: { source: "file", propagates: "none" } },
    "io.TextIOWrapper.readlines": { call: { source: "file", propagates: "none" } },
  },
  ducks: [
    {
      methods: [
        ..."isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isspace istitle isupper".split(
          " ",
        ),
        ..."startswith endswith count find index rfind rindex".split(" "),
      ],
      receiver: /./,
      model: HARMLESS,
    },
  ],
};
