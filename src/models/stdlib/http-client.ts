// HTTP and URLs in the standard library of Python 3 and 2: http.client, urllib, urllib2, urlparse, xmlrpc.
// Facts: https://docs.python.org/3/library/urllib.request.html, https://docs.python.org/3/library/urllib.parse.html,
// https://docs.python.org/3/library/http.client.html, https://docs.python.org/3/library/xmlrpc.client.html,
// https://docs.python.org/2.7/library/urllib.html, https://docs.python.org/2.7/library/urllib2.html
import type { SinkKind } from "../kinds.js";
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "../model.js";
import {
  bindsEverywhere,
  does,
  FIRST,
  gives,
  holding,
  moved,
  RELEASES,
  SILENT,
  sinks,
  sourced,
  text,
  yields,
} from "../shorthand.js";

const RESPONSE = "http.client.HTTPResponse";
const HEADERS = "email.message.Message";

/** `HTTPConnection(host, port)`; its place for the timeout differs between versions, its name does not. */
function connection(name: string): SymbolModel {
  return gives(`http.client.${name}`, {
    sinks: sinks("url", argument(0, "host")),
    acquires: "connection",
    limits: { of: "result", timeout: keyword("timeout") },
  });
}

const CONNECTION = "http.client.HTTPConnection";
const client: Record<string, SymbolModel> = {
  [CONNECTION]: connection("HTTPConnection"),
  "http.client.HTTPSConnection": { ...connection("HTTPConnection"), extends: [CONNECTION] },
  [`${CONNECTION}.request`]: does({ waits: { on: "network", unlimitedWhen: [] } }),
  [`${CONNECTION}.getresponse`]: gives(RESPONSE, {
    acquires: "response",
    waits: { on: "network", unlimitedWhen: [] },
  }),
  ...each(CONNECTION, "connect endheaders putheader putrequest send set_debuglevel set_tunnel", SILENT),
  [`${CONNECTION}.close`]: RELEASES,
  [RESPONSE]: {},
  [`${RESPONSE}.read`]: yields("remote-response", {
    waits: { on: "network", unlimitedWhen: [] },
    unbounded: { limit: argument(0) },
  }),
  ...each(RESPONSE, "readline readlines read1 geturl getheader getheaders", yields("remote-response")),
  ...each(RESPONSE, "url reason", sourced("remote-response")),
  ...each(RESPONSE, "headers msg", holding(HEADERS, "remote-response")),
  [`${RESPONSE}.info`]: gives(HEADERS, { source: "remote-response" }),
  ...each(RESPONSE, "getcode fileno isclosed", SILENT),
  ...each(RESPONSE, "close __exit__", RELEASES),
};

const OPENS_URL: SymbolModel = gives(RESPONSE, {
  sinks: sinks("url", argument(0, "url")),
  acquires: "response",
  waits: { on: "network", timeout: argument(2, "timeout") },
});
const OPENS_FULL_URL: SymbolModel = gives(RESPONSE, {
  sinks: sinks("url", argument(0, "fullurl")),
  acquires: "response",
  waits: { on: "network", timeout: argument(2, "timeout") },
});
/** The older openers know no timeout. */
const OPENS_WITHOUT_TIMEOUT: SymbolModel = gives(RESPONSE, {
  sinks: sinks("url", argument(0)),
  acquires: "response",
  waits: { on: "network", unlimitedWhen: [] },
});
const RETRIEVES: SymbolModel = does({
  sinks: [...sinks("url", argument(0, "url")), ...sinks("path", argument(1, "filename"))],
  waits: { on: "network", unlimitedWhen: [] },
  unbounded: {},
});

const OPENER = "urllib.request.OpenerDirector";
const request: Record<string, SymbolModel> = {
  "urllib.request.urlopen": OPENS_URL,
  "urllib.request.Request": {
    call: { propagates: [argument(0, "url")], returns: "urllib.request.Request" },
  },
  ...each("urllib.request.Request", "add_header add_unredirected_header", SILENT),
  "urllib.request.urlretrieve": RETRIEVES,
  "urllib.request.build_opener": gives(OPENER),
  [OPENER]: gives(OPENER),
  [`${OPENER}.open`]: OPENS_FULL_URL,
  ...each("urllib.request", "URLopener FancyURLopener", {
    ...gives("urllib.request.URLopener"),
    extends: ["urllib.request.URLopener"],
  }),
  "urllib.request.URLopener": gives("urllib.request.URLopener"),
  "urllib.request.URLopener.open": OPENS_WITHOUT_TIMEOUT,
  "urllib.request.URLopener.retrieve": RETRIEVES,
  "urllib.request.install_opener": SILENT,
  ...each("urllib.request", "pathname2url url2pathname", text(argument(0))),
};

/** Percent-encoding leaves letters, digits, `_.-~` and, unless told otherwise, `/`. */
const QUOTED: readonly SinkKind[] = [
  "shell",
  "sql",
  "code",
  "html",
  "xml",
  "xpath",
  "header",
  "log",
  "config-line",
  "ldap-filter",
  "ldap-dn",
];
const QUOTES: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.str", sanitizes: QUOTED },
};
/** Here `/` is encoded too: it can no longer name a host or a folder. */
const QUOTES_ALL: SymbolModel = {
  call: {
    propagates: [argument(0)],
    returns: "builtins.str",
    sanitizes: [...QUOTED, "url", "redirect"],
  },
};
const UNQUOTES: SymbolModel = {
  call: { propagates: [argument(0)], returns: "builtins.str", exposes: "all" },
};
const PARTS = "urllib.parse.ParseResult";
const SPLITS: SymbolModel = { call: { propagates: [argument(0)], returns: PARTS } };

const parse: Record<string, SymbolModel> = {
  ...each("urllib.parse", "urlparse urlsplit", SPLITS),
  "urllib.parse.urldefrag": FIRST,
  ...each("urllib.parse", "urlunparse urlunsplit", text(argument(0))),
  "urllib.parse.urljoin": text(argument(0), argument(1)),
  ...each("urllib.parse", "quote quote_from_bytes", QUOTES),
  "urllib.parse.quote_plus": QUOTES_ALL,
  "urllib.parse.urlencode": {
    call: { propagates: [argument(0)], returns: "builtins.str", sanitizes: [...QUOTED, "url", "redirect"] },
  },
  ...each("urllib.parse", "unquote unquote_plus unquote_to_bytes", UNQUOTES),
  ...each("urllib.parse", "parse_qs parse_qsl", { call: { propagates: [argument(0)], exposes: "all" } }),
  [PARTS]: {},
  "urllib.parse.SplitResult": { extends: [PARTS] },
  [`${PARTS}.port`]: { member: { sanitizes: "all" } },
  [`${PARTS}.geturl`]: text("receiver"),
};

const SERVER = "xmlrpc.server.SimpleXMLRPCServer";
const rpc: Record<string, SymbolModel> = {
  "xmlrpc.client.ServerProxy": gives("xmlrpc.client.ServerProxy", {
    sinks: sinks("url", argument(0, "uri")),
  }),
  "xmlrpc.client.Server": { alias: "xmlrpc.client.ServerProxy" },
  "xmlrpc.client.loads": { call: { propagates: [argument(0)] } },
  [SERVER]: gives(SERVER, { misuses: [bindsEverywhere(argument(0, "addr"))], acquires: "socket" }),
  [`${SERVER}.register_function`]: does({
    registers: {
      callback: argument(0, "function"),
      entry: { protocol: "rpc", parameters: "message" },
    },
  }),
  [`${SERVER}.register_instance`]: does({
    registers: {
      callback: argument(0, "instance"),
      entry: { protocol: "rpc", parameters: "message" },
    },
  }),
  [`${SERVER}.serve_forever`]: does({ waits: { on: "network", unlimitedWhen: [] } }),
};

const python2: Record<string, SymbolModel> = {
  ...moved(client, "http.client", "httplib"),
  ...moved(request, "urllib.request", "urllib2"),
  ...moved(parse, "urllib.parse", "urlparse"),
  ...moved(rpc, "xmlrpc.client", "xmlrpclib"),
  ...moved(rpc, "xmlrpc.server", "SimpleXMLRPCServer"),
  ...Object.fromEntries(
    Object.entries(moved(parse, "urllib.parse", "urllib")).filter(([name]) =>
      /\.(quote|quote_plus|unquote|unquote_plus|urlencode)$/.test(name),
    ),
  ),
  "urllib.urlopen": OPENS_WITHOUT_TIMEOUT,
  "urllib.urlretrieve": RETRIEVES,
  ...each("urllib", "URLopener FancyURLopener", gives("urllib.request.URLopener")),
  ...each("urllib", "pathname2url url2pathname", text(argument(0))),
};

const six: Record<string, SymbolModel> = {
  ...moved(client, "http.client", "six.moves.http_client"),
  ...moved(request, "urllib.request", "six.moves.urllib.request"),
  ...moved(parse, "urllib.parse", "six.moves.urllib.parse"),
  ...moved(parse, "urllib.parse", "six.moves.urllib_parse"),
  ...moved(rpc, "xmlrpc.client", "six.moves.xmlrpc_client"),
};

export const httpClient: LibraryModel = {
  library: "http.client",
  symbols: { ...client, ...request, ...parse, ...rpc, ...python2, ...six },
};
