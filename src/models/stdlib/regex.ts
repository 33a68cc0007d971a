// Regular expressions and other handling of text: re, regex, string.
// Facts: https://docs.python.org/3/library/re.html, https://docs.python.org/3/library/string.html
import { argument, type CallModel, each, type LibraryModel, type SymbolModel } from "../model.js";
import { does, gives, moved, RECEIVER, SILENT, sinks, text } from "../shorthand.js";

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
      matches: { pattern: argument(0, "pattern"), text: SUBJECT, flags: argument(2, "flags"), anchors },
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
    matches: {
      pattern: argument(0, "pattern"),
      text: argument(2, "string"),
      flags: argument(4, "flags"),
      anchors: "none",
    },
  },
};
/** `flags` stands where the function has it: behind `maxsplit` in `split`. */
function lists(flags: number): SymbolModel {
  return {
    call: {
      propagates: [SUBJECT],
      sinks: sinks("regex", argument(0, "pattern")),
      matches: {
        pattern: argument(0, "pattern"),
        text: SUBJECT,
        flags: argument(flags, "flags"),
        anchors: "none",
      },
    },
  };
}
const COMPILES: SymbolModel = gives(PATTERN, {
  sinks: sinks("regex", argument(0, "pattern")),
  keeps: { pattern: argument(0, "pattern"), flags: argument(1, "flags") },
});

const symbols: Record<string, SymbolModel> = {
  "re.compile": COMPILES,
  "re.template": COMPILES,
  "re.match": finds("start"),
  "re.search": finds("none"),
  "re.fullmatch": finds("both", { validates: { argument: SUBJECT, kinds: "all", when: true } }),
  ...each("re", "findall finditer", lists(2)),
  "re.split": lists(3),
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
  ...each(PATTERN, "findall finditer split", {
    call: { propagates: [argument(0)], matches: { text: argument(0, "string"), anchors: "none" } },
  }),
  ...each(PATTERN, "sub subn", {
    call: {
      propagates: [argument(0, "repl"), argument(1, "string")],
      returns: "builtins.str",
      matches: { text: argument(1, "string"), anchors: "none" },
    },
  }),
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
