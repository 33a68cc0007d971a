// Twisted: resources of its web server, protocols, programs and databases; and Klein's routes.
// Facts: https://docs.twisted.org/en/stable/api/twisted.web.resource.Resource.html, …twisted.web.http.Request.html,
// …twisted.internet.interfaces.IReactorProcess.html, …twisted.enterprise.adbapi.ConnectionPool.html,
// https://klein.readthedocs.io/en/latest/
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, like, SILENT, sinks } from "./shorthand.js";
import { answer, CLIENT_CALL, CLIENT_VALUE } from "./web.js";

const REQUEST = "twisted.web.http.Request";
/** Resources answer HTML unless they set another content type. */
const WRITES: SymbolModel = does({
  sinks: [...sinks("html", argument(0, "data")), ...answer(argument(0, "data"))],
});

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  "twisted.web.server.Request": like(REQUEST),
  "twisted.web.iweb.IRequest": like(REQUEST),
  ...each(REQUEST, "args path uri content requestHeaders prepath postpath received_cookies", CLIENT_VALUE),
  ...each(REQUEST, "getHeader getAllHeaders getCookie getUser getPassword getRequestHostname", CLIENT_CALL),
  [`${REQUEST}.write`]: WRITES,
  [`${REQUEST}.redirect`]: does({ sinks: sinks("redirect", argument(0, "url")) }),
  ...each(REQUEST, "setResponseCode finish notifyFinish isSecure getClientAddress", SILENT),
  "twisted.web.util.redirectTo": does({ sinks: sinks("redirect", argument(0, "URL")) }),
};

const ENTRY: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  types: { request: REQUEST },
  answers: ["html", "response"],
};
const RENDERS = "render render_GET render_POST render_PUT render_DELETE render_PATCH render_HEAD".split(" ");
const RESOURCE = "twisted.web.resource.Resource";

const resources: Record<string, SymbolModel> = {
  [RESOURCE]: {
    subclassEntries: {
      methods: [...RENDERS, "getChild", "getChildWithDefault"],
      entry: ENTRY,
    },
  },
  "twisted.web.static.File": {
    ...gives("twisted.web.static.File", { sinks: sinks("path", argument(0, "path")) }),
    extends: [RESOURCE],
  },
  "klein.Klein": gives("klein.Klein"),
  "klein.Klein.route": {
    decorates: { ...ENTRY, types: { request: REQUEST }, routeArgument: argument(0, "url") },
  },
  "klein.route": {
    decorates: { ...ENTRY, types: { request: REQUEST }, routeArgument: argument(0, "url") },
  },
};

function receives(...methods: readonly string[]): SymbolModel {
  return { subclassEntries: { methods, entry: { protocol: "message", parameters: "message" } } };
}

function remote(prefix: string): SymbolModel {
  return {
    subclassEntries: { methods: [], prefixes: [prefix], entry: { protocol: "rpc", parameters: "message" } },
  };
}

const protocols: Record<string, SymbolModel> = {
  ...each("twisted.internet.protocol", "Protocol", receives("dataReceived")),
  "twisted.internet.protocol.DatagramProtocol": receives("datagramReceived"),
  ...each("twisted.protocols.basic", "LineReceiver", receives("lineReceived", "rawDataReceived")),
  "twisted.protocols.basic.LineOnlyReceiver": receives("lineReceived"),
  ...each(
    "twisted.protocols.basic",
    "NetstringReceiver Int8StringReceiver Int16StringReceiver Int32StringReceiver",
    receives("stringReceived"),
  ),
  "twisted.web.xmlrpc.XMLRPC": remote("xmlrpc_"),
  "twisted.spread.pb.Root": remote("remote_"),
  "twisted.spread.pb.Referenceable": remote("remote_"),
};

const programs: Record<string, SymbolModel> = {
  ...each(
    "twisted.internet.utils",
    "getProcessOutput getProcessOutputAndValue getProcessValue",
    does({
      sinks: [
        ...sinks("program", argument(0, "executable")),
        ...sinks("program-argument", argument(1, "args")),
      ],
    }),
  ),
  "twisted.internet.reactor.spawnProcess": does({
    sinks: [
      ...sinks("program", argument(1, "executable")),
      ...sinks("program-argument", argument(2, "args")),
    ],
  }),
};

const POOL = "twisted.enterprise.adbapi.ConnectionPool";

const databases: Record<string, SymbolModel> = {
  [POOL]: gives(POOL, { acquires: "connection" }),
  [`${POOL}.runQuery`]: does({ source: "database", sinks: sinks("sql", argument(0)) }),
  [`${POOL}.runOperation`]: does({ sinks: sinks("sql", argument(0)) }),
  [`${POOL}.close`]: does({ releases: "receiver" }),
};

export const twisted: LibraryModel = {
  library: "twisted",
  symbols: { ...request, ...resources, ...protocols, ...programs, ...databases },
};
