// The XML parsers of the standard library. None refuses entity bombs by itself; external entities are off by default
// since Python 3.7.1.
// Facts: https://docs.python.org/3/library/xml.html#xml-security, https://docs.python.org/3/library/xml.etree.elementtree.html,
// https://docs.python.org/3/library/xml.sax.html, https://docs.python.org/3/library/pyexpat.html
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { gives, isBuiltText, isNotBuiltText, likeType, named, PASSES_RECEIVER } from "./shapes.js";

export const ELEMENT = "xml.etree.ElementTree.Element";

/** Text, or an object that is read from, as opposed to the name of a file. */
export function xmlContent(position: number, name: string): SinkModel {
  const place = argument(position, name);
  return { kind: "xml", argument: place, when: [isNotBuiltText(place)] };
}
/** A name that the program put together is the name of a file. */
export function xmlFile(position: number, name: string): SinkModel {
  const place = argument(position, name);
  return { kind: "path", argument: place, when: [isBuiltText(place)] };
}

function parsesText(name: string, returns?: string): SymbolModel {
  return {
    call: {
      sinks: [{ kind: "xml", argument: argument(0, name) }],
      propagates: [argument(0, name)],
      ...(returns === undefined ? {} : { returns }),
    },
  };
}
function parsesSource(name: string, returns?: string): SymbolModel {
  return {
    call: {
      sinks: [xmlContent(0, name), xmlFile(0, name)],
      propagates: [argument(0, name)],
      ...(returns === undefined ? {} : { returns }),
    },
  };
}

/** The receiver's data; a client's path picks other elements. */
const SEARCHES: SymbolModel = {
  call: { sinks: [{ kind: "xpath", argument: argument(0, "path") }], propagates: ["receiver"] },
};
const FINDS: SymbolModel = { call: { ...SEARCHES.call, returns: ELEMENT } };

const ETREES = ["xml.etree.ElementTree", "xml.etree.cElementTree", "elementtree.ElementTree", "cElementTree"];
const TREE = "xml.etree.ElementTree.ElementTree";
const PARSER = "xml.etree.ElementTree.XMLParser";

function etree(module: string): Record<string, SymbolModel> {
  return {
    [`${module}.parse`]: parsesSource("source", TREE),
    [`${module}.iterparse`]: parsesSource("source"),
    ...each(module, "fromstring XML", parsesText("text", ELEMENT)),
    [`${module}.XMLID`]: parsesText("text"),
    [`${module}.fromstringlist`]: parsesText("sequence", ELEMENT),
    [`${module}.XMLParser`]: gives(PARSER),
    [`${module}.XMLTreeBuilder`]: gives(PARSER),
    [`${module}.XMLPullParser`]: gives(PARSER),
    [`${module}.tostring`]: { call: { propagates: [argument(0, "element")] } },
    [`${module}.Element`]: gives(ELEMENT),
    [`${module}.SubElement`]: gives(ELEMENT),
    [`${module}.ElementTree`]: {
      call: {
        sinks: [xmlContent(1, "file"), xmlFile(1, "file")],
        propagates: ["any"],
        returns: TREE,
      },
    },
  };
}

const trees: Record<string, SymbolModel> = {
  ...Object.assign({}, ...ETREES.map(etree)),
  [`${PARSER}.feed`]: {
    call: {
      sinks: [{ kind: "xml", argument: argument(0, "data") }],
      propagates: "none",
      fills: [argument(0, "data")],
    },
  },
  [`${PARSER}.close`]: { call: { propagates: ["receiver"], returns: ELEMENT } },
  [`${TREE}.parse`]: { call: { ...parsesSource("source", ELEMENT).call, fills: [argument(0, "source")] } },
  [`${TREE}.getroot`]: { call: { propagates: ["receiver"], returns: ELEMENT } },
  ...each(TREE, "find findall iterfind", FINDS),
  [`${TREE}.findtext`]: SEARCHES,
  ...each(ELEMENT, "find findall iterfind", FINDS),
  [`${ELEMENT}.findtext`]: SEARCHES,
  ...each(ELEMENT, "get items keys itertext iter getchildren", PASSES_RECEIVER),
};

const EXTERNAL = ["xml.sax.handler.feature_external_ges", "xml.sax.handler.feature_external_pes"];
const READER = "xml.sax.xmlreader.XMLReader";
const sax: Record<string, SymbolModel> = {
  "xml.sax.parse": parsesSource("source"),
  "xml.sax.parseString": parsesText("string"),
  "xml.sax.make_parser": gives(READER),
  "xml.sax.expatreader.create_parser": gives(READER),
  [READER]: {},
  [`${READER}.parse`]: parsesSource("source"),
  [`${READER}.feed`]: parsesText("data"),
  [`${READER}.setFeature`]: {
    call: {
      propagates: "none",
      misuses: [
        {
          kind: "unsafe-xml-parser",
          when: [
            { argument: argument(0, "name"), refersTo: EXTERNAL },
            { argument: argument(1, "state"), is: [true, 1] },
          ],
        },
        {
          kind: "unsafe-xml-parser",
          when: [
            { argument: argument(0, "name"), is: ["http://xml.org/sax/features/external-general-entities"] },
            { argument: argument(1, "state"), is: [true, 1] },
          ],
        },
      ],
    },
  },
};

const dom: Record<string, SymbolModel> = {
  "xml.dom.minidom.parse": parsesSource("file"),
  "xml.dom.minidom.parseString": parsesText("string"),
  "xml.dom.expatbuilder.parse": parsesSource("file"),
  "xml.dom.expatbuilder.parseString": parsesText("string"),
  "xml.dom.pulldom.parse": parsesSource("stream_or_string"),
  "xml.dom.pulldom.parseString": parsesText("string"),
};

const EXPAT = "xml.parsers.expat.xmlparser";
const expat: Record<string, SymbolModel> = {
  ...named(["xml.parsers.expat.ParserCreate", "pyexpat.ParserCreate"], gives(EXPAT)),
  [EXPAT]: {},
  [`${EXPAT}.Parse`]: {
    call: { sinks: [{ kind: "xml", argument: argument(0, "data") }], propagates: "none" },
  },
  [`${EXPAT}.ParseFile`]: {
    call: { sinks: [{ kind: "xml", argument: argument(0, "file") }], propagates: "none" },
  },
  "xml.parsers.expat.XMLParserType": likeType(EXPAT),
};

const XMLTODICT_OFF = keyword("disable_entities");
const others: Record<string, SymbolModel> = {
  // Refuses entities unless told otherwise.
  "xmltodict.parse": {
    call: {
      sinks: [
        { kind: "xml", argument: argument(0, "xml_input"), when: [{ argument: XMLTODICT_OFF, is: [false] }] },
      ],
      propagates: [argument(0, "xml_input")],
      misuses: [{ kind: "unsafe-xml-parser", when: [{ argument: XMLTODICT_OFF, is: [false] }] }],
    },
  },
  "xmltodict.unparse": { call: { propagates: [argument(0, "input_dict")] } },
  // Takes external entities unless told not to; parseFile reads them from the network too.
  ...each("libxml2", "readDoc readMemory parseDoc parseMemory", {
    call: { sinks: [{ kind: "xml", argument: argument(0) }], propagates: [argument(0)] },
  }),
};

export const xml: LibraryModel = {
  library: "xml",
  symbols: { ...trees, ...sax, ...dom, ...expat, ...others },
};
