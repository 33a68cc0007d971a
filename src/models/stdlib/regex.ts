// Regular expressions and other handling of text: re, regex, string.
// Facts: https://docs.python.org/3/library/re.html, https://docs.python.org/3/library/string.html
import { argument, type CallModel, each, type LibraryModel, type SymbolModel } from "../model.js";
import { does, FIRST, gives, moved, RECEIVER, SILENT, sinks, text } from "../shorthand.js";

const PATTERN = "re.Pattern";
const MATCH = "re.Match";
const SUBJECT = argument(1, "string");

/** A module function: pattern, then the text. */
function finds(anchors: "none" | "start" | "both", more: CallModel = {}): SymbolModel {
  return {
    call: {
      returns: MATCH,
      propagates: [SUBJECT],
      sinks: sinks("regex", argument(0, "pattern")),
      matches: { pattern: argument(0, "pattern"), text: SUBJECT, anchors },
      ...more,
    },
  };
}

function finding(anchors: "none" | "start" | "both", more: CallModel = {}): SymbolModel {
  const string = argument(0, "string");
  return {
    call: { returns: MATCH, propagates: [string], matches: { text: string, anchors }, ...more },
  };
}

/** `re.sub(pattern, replacement, string)`. */
const SUBSTITUTES: SymbolModel = {
  call: {
    propagates: [argument(1, "repl"), argument(2, "string")],
    returns: "builtins.str",
    sinks: sinks("regex", argument(0, "pattern")),
  },
};
const LISTS: SymbolModel = {
  call: { propagates: [SUBJECT], sinks: sinks("regex", argument(0, "pattern")) },
};

const symbols: Record<string, SymbolModel> = {
  "re.compile": gives(PATTERN, { sinks: sinks("regex", argument(0, "pattern")) }),
  "re.template": gives(PATTERN, { sinks: sinks("regex", argument(0, "pattern")) }),
  "re.match": finds("start"),
  "re.search": finds("none"),
  "re.fullmatch": finds("both", { validates: { argument: SUBJECT, kinds: "all", when: true } }),
  ...each("re", "findall finditer split", LISTS),
  ...each("re", "sub subn", SUBSTITUTES),
  "re.escape": {
    call: { propagates: [argument(0, "pattern")], returns: "builtins.str", sanitizes: ["regex"] },
  },
  "re.purge": SILENT,
  [PATTERN]: {},
  [`${PATTERN}.match`]: finding("start"),
  [`${PATTERN}.search`]: finding("none"),
  [`${PATTERN}.fullmatch`]: finding("both", {
    validates: { argument: argument(0, "string"), kinds: "all", when: true },
  }),
  ...each(PATTERN, "findall finditer split", FIRST),
  ...each(PATTERN, "sub subn", text(argument(0, "repl"), argument(1, "string"))),
  [MATCH]: {},
  [`${MATCH}.group`]: text("receiver"),
  ...each(MATCH, "groups groupdict expand", RECEIVER),
  ...each(MATCH, "start end span", SILENT),
};

export const regex: LibraryModel = {
  library: "re",
  symbols: {
    ...symbols,
    ...moved(symbols, "re", "regex"),
    "string.Template": { call: { propagates: [argument(0, "template")] } },
    ...each("string.Template", "substitute safe_substitute", text("receiver", "any")),
    "string.Formatter.format": {
      call: { returns: "builtins.str", propagates: ["any"], sinks: sinks("format-string", argument(0)) },
    },
    "string.Formatter.vformat": {
      call: { returns: "builtins.str", propagates: ["any"], sinks: sinks("format-string", argument(0)) },
    },
    "string.capwords": text(argument(0)),
    "textwrap.dedent": text(argument(0, "text")),
    "textwrap.indent": text(argument(0, "text")),
    "textwrap.fill": text(argument(0, "text")),
    "string.Formatter": does({ returns: "string.Formatter" }),
  },
};
