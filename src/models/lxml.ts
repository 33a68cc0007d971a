// lxml: parsers that resolve entities unless told otherwise (until 5.0 also external ones), XPath, XSLT, cleaning of HTML;
// and defusedxml, which refuses entities for lxml and the standard library.
// Facts: https://lxml.de/parsing.html, https://lxml.de/api/lxml.etree.XMLParser-class.html, https://lxml.de/xpathxslt.html,
// https://lxml.de/5.0/changes-5.0.0.html, https://lxml-html-clean.readthedocs.io/, https://github.com/tiran/defusedxml
import {
  argument,
  type Condition,
  each,
  keyword,
  type LibraryModel,
  type SinkModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import { gives, likeType, named, PASSES_FIRST, PASSES_RECEIVER } from "./shapes.js";
import { ELEMENT as STANDARD_ELEMENT, xmlContent, xmlFile } from "./xml.js";

const ELEMENT = "lxml.etree._Element";
const TREE = "lxml.etree._ElementTree";
const PARSER = "lxml.etree.XMLParser";
/** Resolves entities, because nobody told it not to. */
const RESOLVING = "lxml.etree.XMLParser resolving entities";

/** The parser in use resolves entities: it is lxml's own, or was made so. */
function resolvingParser(place: WrittenArgument): readonly (readonly Condition[])[] {
  return [[{ argument: place, missing: true, is: [null] }], [{ argument: place, refersTo: [RESOLVING] }]];
}

function sinks(content: SinkModel, parser: WrittenArgument): readonly SinkModel[] {
  return resolvingParser(parser).map((when) => ({ ...content, when: [...(content.when ?? []), ...when] }));
}

const PARSER_ARGUMENT = argument(1, "parser");
function parsesText(name: string, returns: string): SymbolModel {
  return {
    call: {
      sinks: sinks({ kind: "xml", argument: argument(0, name) }, PARSER_ARGUMENT),
      propagates: [argument(0, name)],
      returns,
    },
  };
}
const PARSES_SOURCE: SymbolModel = {
  call: {
    sinks: [...sinks(xmlContent(0, "source"), PARSER_ARGUMENT), xmlFile(0, "source")],
    propagates: [argument(0, "source")],
    returns: TREE,
  },
};

const RESOLVES = keyword("resolve_entities");
const NEW_PARSER: SymbolModel = gives(PARSER, {
  returnsWhen: [
    { when: [{ argument: RESOLVES, is: [true] }], type: RESOLVING },
    { when: [{ argument: RESOLVES, missing: true, is: [] }], type: RESOLVING },
  ],
  misuses: [
    { kind: "unsafe-xml-parser", when: [{ argument: RESOLVES, is: [true] }] },
    { kind: "unsafe-xml-parser", when: [{ argument: keyword("no_network"), is: [false] }] },
    { kind: "unsafe-xml-parser", when: [{ argument: keyword("huge_tree"), is: [true] }] },
    { kind: "unsafe-xml-parser", when: [{ argument: keyword("load_dtd"), is: [true] }] },
  ],
});

const SEARCHES: SymbolModel = {
  call: {
    sinks: [
      { kind: "xpath", argument: argument(0, "_path") },
      { kind: "xpath", argument: keyword("path") },
    ],
    propagates: ["receiver"],
  },
};
const FINDS: SymbolModel = { call: { ...SEARCHES.call, returns: ELEMENT } };
const COMPILES: SymbolModel = gives("lxml.etree.XPath", {
  sinks: [{ kind: "xpath", argument: argument(0, "path") }],
});

function nodes(type: string): Record<string, SymbolModel> {
  return {
    ...each(type, "xpath findtext cssselect", SEARCHES),
    ...each(type, "find findall iterfind", FINDS),
    ...each(type, "get items keys itertext iter getchildren getparent getnext", PASSES_RECEIVER),
    // Reads the files that the document names.
    [`${type}.xinclude`]: {
      call: { sinks: [{ kind: "xml", argument: "receiver" }], propagates: "none" },
    },
    [`${type}.xslt`]: {
      call: { sinks: [{ kind: "xslt", argument: argument(0, "_xslt") }], propagates: ["receiver"] },
    },
  };
}

const etree: Record<string, SymbolModel> = {
  "lxml.etree.parse": PARSES_SOURCE,
  ...each("lxml.etree", "fromstring XML", parsesText("text", ELEMENT)),
  "lxml.etree.XMLID": parsesText("text", `${ELEMENT} and its identifiers`),
  "lxml.etree.fromstringlist": parsesText("strings", ELEMENT),
  "lxml.etree.iterparse": {
    call: {
      sinks: [true, "missing"].map((value) => ({
        ...xmlContent(0, "source"),
        when: [
          ...(xmlContent(0, "source").when ?? []),
          value === "missing"
            ? { argument: RESOLVES, missing: true, is: [] }
            : { argument: RESOLVES, is: [true] },
        ],
      })),
      propagates: [argument(0, "source")],
    },
  },
  // HTML has no entities of its own making.
  "lxml.etree.HTML": { call: { propagates: [argument(0, "text")], returns: ELEMENT } },
  ...named([PARSER, "lxml.etree.ETCompatXMLParser", "lxml.etree.XMLPullParser"], NEW_PARSER),
  [RESOLVING]: likeType(PARSER),
  [`${RESOLVING}.feed`]: {
    call: {
      sinks: [{ kind: "xml", argument: argument(0, "data") }],
      propagates: "none",
      fills: [argument(0, "data")],
    },
  },
  [`${PARSER}.feed`]: { call: { propagates: "none", fills: [argument(0, "data")] } },
  [`${PARSER}.close`]: { call: { propagates: ["receiver"], returns: ELEMENT } },
  "lxml.etree.HTMLParser": gives("lxml.etree.HTMLParser"),
  [ELEMENT]: {},
  ...nodes(ELEMENT),
  [TREE]: {},
  ...nodes(TREE),
  [`${TREE}.getroot`]: { call: { propagates: ["receiver"], returns: ELEMENT } },
  "lxml.etree._Element.getroottree": { call: { propagates: ["receiver"], returns: TREE } },
  ...named(["lxml.etree.ElementTree", "lxml.etree.ElementTree.parse"], {
    call: { propagates: ["any"], returns: TREE },
  }),
  ...named(["lxml.etree.Element", "lxml.etree.SubElement"], gives(ELEMENT)),
  "lxml.etree.tostring": { call: { propagates: [argument(0)] } },
  ...each("lxml.etree", "XPath ETXPath", COMPILES),
  "lxml.etree.XPath.__call__": { call: { propagates: ["any"] } },
  ...each("lxml.etree", "XPathEvaluator XPathElementEvaluator XPathDocumentEvaluator", {
    call: { propagates: ["any"], returns: "lxml.etree.XPathEvaluator" },
  }),
  ...each("lxml.etree.XPathEvaluator", "__call__ evaluate", SEARCHES),
  "lxml.etree.XSLT": gives("lxml.etree.XSLT", {
    sinks: [{ kind: "xslt", argument: argument(0, "xslt_input") }],
  }),
  "lxml.etree.XSLT.__call__": { call: { propagates: ["any"] } },
  "lxml.etree.XSLT.strparam": PASSES_FIRST,
};

const ESCAPES: SymbolModel = { call: { propagates: [argument(0)], sanitizes: ["html"] } };
const markup: Record<string, SymbolModel> = {
  ...each("lxml.html", "fromstring document_fromstring fragment_fromstring fragments_fromstring parse", {
    call: { propagates: [argument(0)], returns: ELEMENT },
  }),
  "lxml.html.tostring": { call: { propagates: [argument(0)] } },
  ...each("lxml.objectify", "fromstring XML", parsesText("xml", ELEMENT)),
  "lxml.objectify.parse": PARSES_SOURCE,
  ...named(["lxml.html.clean.Cleaner", "lxml_html_clean.Cleaner"], gives("lxml.html.clean.Cleaner")),
  "lxml.html.clean.Cleaner.clean_html": ESCAPES,
  ...named(["lxml.html.clean.clean_html", "lxml_html_clean.clean_html"], ESCAPES),
  ...named(["lxml.html.clean.autolink_html", "lxml_html_clean.autolink_html"], PASSES_FIRST),
};

/** Refuses what its standard counterpart takes, unless it is told to let entities through. */
function defused(name: string, returns?: string): SymbolModel {
  return {
    call: {
      propagates: [argument(0, name)],
      ...(returns === undefined ? {} : { returns }),
      misuses: [
        { kind: "unsafe-xml-parser", when: [{ argument: keyword("forbid_entities"), is: [false] }] },
        { kind: "unsafe-xml-parser", when: [{ argument: keyword("forbid_external"), is: [false] }] },
      ],
    },
  };
}

function defusedEtree(module: string, element: string): Record<string, SymbolModel> {
  return {
    [`${module}.parse`]: defused("source", element === ELEMENT ? TREE : "xml.etree.ElementTree.ElementTree"),
    [`${module}.iterparse`]: defused("source"),
    ...each(module, "fromstring XML", defused("text", element)),
    [`${module}.tostring`]: { call: { propagates: [argument(0)] } },
  };
}

const defusedxml: Record<string, SymbolModel> = {
  ...defusedEtree("defusedxml.ElementTree", STANDARD_ELEMENT),
  ...defusedEtree("defusedxml.cElementTree", STANDARD_ELEMENT),
  ...defusedEtree("defusedxml.lxml", ELEMENT),
  ...named(["defusedxml.minidom.parse", "defusedxml.expatbuilder.parse"], defused("file")),
  ...named(
    [
      "defusedxml.minidom.parseString",
      "defusedxml.expatbuilder.parseString",
      "defusedxml.sax.parseString",
      "defusedxml.pulldom.parseString",
    ],
    defused("string"),
  ),
  ...named(["defusedxml.sax.parse", "defusedxml.pulldom.parse"], defused("source")),
  "defusedxml.sax.make_parser": gives("defusedxml.sax.DefusedExpatParser"),
};

export const lxml: LibraryModel = {
  library: "lxml",
  symbols: { ...etree, ...markup, ...defusedxml },
  ducks: [{ methods: ["xpath"], receiver: /./, model: SEARCHES }],
};
