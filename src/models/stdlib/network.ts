// Sockets, TLS, and servers of the standard library.
// Facts: https://docs.python.org/3/library/socket.html, https://docs.python.org/3/library/ssl.html,
// https://docs.python.org/3/library/http.server.html, https://docs.python.org/3/library/socketserver.html
import { argument, each, keyword, type LibraryModel, rest, type SymbolModel } from "../model.js";
import {
  absentOr,
  bindsEverywhere,
  does,
  gives,
  holding,
  like,
  moved,
  PUNCTUATION_KINDS,
  passes,
  RELEASES,
  refersTo,
  SILENT,
  sinks,
  sourced,
  type Waits,
  wrong,
  yields,
} from "../shorthand.js";

const SOCKET = "socket.socket";
/** Limited by `settimeout` of the object or `setdefaulttimeout` only. */
const WAITS: Waits = { on: "network", unlimitedWhen: [] };
const NUMERIC_ADDRESS: SymbolModel = does({
  validates: {
    argument: argument(1),
    kinds: [...PUNCTUATION_KINDS, "path", "program-argument"],
    when: "returns",
  },
});

const sockets: Record<string, SymbolModel> = {
  [SOCKET]: gives(SOCKET, { acquires: "socket" }),
  "socket.SocketType": like(SOCKET),
  [`${SOCKET}.connect`]: does({ sinks: sinks("url", argument(0)), waits: WAITS }),
  [`${SOCKET}.connect_ex`]: does({ sinks: sinks("url", argument(0)), waits: WAITS }),
  ...each(SOCKET, "recv recvfrom recvmsg", yields("message", { waits: WAITS })),
  ...each(SOCKET, "recv_into recvfrom_into", does({ waits: WAITS })),
  [`${SOCKET}.accept`]: does({ waits: WAITS, acquires: "socket" }),
  ...each(SOCKET, "send sendall sendto sendmsg sendfile", does({ waits: WAITS })),
  [`${SOCKET}.makefile`]: gives("socket.SocketIO", { acquires: "file" }),
  "socket.SocketIO.read": yields("message", { waits: WAITS, unbounded: { limit: argument(0) } }),
  "socket.SocketIO.readline": yields("message", { waits: WAITS, unbounded: { limit: argument(0) } }),
  "socket.SocketIO.readlines": yields("message", { waits: WAITS, unbounded: { limit: argument(0) } }),
  ...each("socket.SocketIO", "write writelines flush", SILENT),
  "socket.SocketIO.close": RELEASES,
  [`${SOCKET}.bind`]: does({ misuses: [bindsEverywhere(argument(0))] }),
  [`${SOCKET}.settimeout`]: does({ limits: { of: "receiver", timeout: argument(0) } }),
  ...each(SOCKET, "close __exit__ detach", RELEASES),
  ...each(SOCKET, "fileno getpeername getsockname getsockopt listen setblocking setsockopt shutdown", SILENT),
  "socket.create_connection": gives(SOCKET, {
    sinks: sinks("url", argument(0, "address")),
    acquires: "socket",
    waits: { on: "network", timeout: argument(1, "timeout") },
  }),
  "socket.create_server": gives(SOCKET, {
    misuses: [bindsEverywhere(argument(0, "address"))],
    acquires: "socket",
  }),
  "socket.fromfd": gives(SOCKET, { acquires: "socket" }),
  "socket.socketpair": does({ acquires: "socket" }),
  "socket.setdefaulttimeout": does({ limits: { of: "everything", timeout: argument(0) } }),
  ...each("socket", "getaddrinfo gethostbyaddr gethostbyname gethostbyname_ex", {
    call: { propagates: [argument(0)], waits: WAITS },
  }),
  ...each("socket", "getfqdn", { call: { propagates: [argument(0)], waits: WAITS } }),
  "socket.inet_pton": NUMERIC_ADDRESS,
  ...each("socket", "gethostname htonl htons ntohl ntohs inet_aton inet_ntoa inet_ntop", SILENT),
};

const CONTEXT = "ssl.SSLContext";
const WEAK_PROTOCOLS = [
  "ssl.PROTOCOL_SSLv2",
  "ssl.PROTOCOL_SSLv3",
  "ssl.PROTOCOL_TLSv1",
  "ssl.PROTOCOL_TLSv1_1",
];
const WEAK_VERSIONS = [
  "ssl.TLSVersion.MINIMUM_SUPPORTED",
  "ssl.TLSVersion.SSLv3",
  "ssl.TLSVersion.TLSv1",
  "ssl.TLSVersion.TLSv1_1",
];

const tls: Record<string, SymbolModel> = {
  [CONTEXT]: gives(CONTEXT, {
    misuses: [wrong("weak-tls-version", refersTo(argument(0, "protocol"), ...WEAK_PROTOCOLS))],
  }),
  "ssl.create_default_context": gives(CONTEXT),
  "ssl._create_default_https_context": {
    call: { returns: CONTEXT, propagates: "none" },
    member: { misuses: [{ kind: "tls-unverified", refersTo: ["ssl._create_unverified_context"] }] },
  },
  ...each(
    "ssl",
    "_create_unverified_context _create_stdlib_context",
    gives(CONTEXT, {
      misuses: [wrong("tls-unverified")],
    }),
  ),
  [`${CONTEXT}.check_hostname`]: { member: { misuses: [{ kind: "tls-unverified", is: [false] }] } },
  [`${CONTEXT}.verify_mode`]: {
    member: {
      misuses: [{ kind: "tls-unverified", is: [0], refersTo: ["ssl.CERT_NONE", "ssl.VerifyMode.CERT_NONE"] }],
    },
  },
  [`${CONTEXT}.minimum_version`]: {
    member: { misuses: [{ kind: "weak-tls-version", refersTo: WEAK_VERSIONS }] },
  },
  [`${CONTEXT}.wrap_socket`]: gives("ssl.SSLSocket", { acquires: "socket", waits: WAITS }),
  ...each(
    CONTEXT,
    "load_cert_chain load_default_certs load_verify_locations set_alpn_protocols set_ciphers",
    SILENT,
  ),
  "ssl.SSLSocket": like(SOCKET),
  ...each("ssl.SSLSocket", "read", yields("message", { waits: WAITS, unbounded: { limit: argument(0) } })),
  "ssl.wrap_socket": gives("ssl.SSLSocket", {
    acquires: "socket",
    misuses: [
      wrong(
        "tls-unverified",
        { argument: argument(4, "cert_reqs"), missing: true, refersTo: ["ssl.CERT_NONE"] },
        absentOr(argument(3, "server_side"), false),
      ),
      wrong("weak-tls-version", refersTo(argument(5, "ssl_version"), ...WEAK_PROTOCOLS)),
    ],
  }),
  "ssl.get_server_certificate": does({
    sinks: sinks("url", argument(0, "addr")),
    waits: { on: "network", timeout: keyword("timeout") },
  }),
  "ssl.match_hostname": does({ decides: "authentication" }),
};

const HANDLER = "http.server.BaseHTTPRequestHandler";
const VERBS = "do_GET do_POST do_PUT do_DELETE do_PATCH do_HEAD do_OPTIONS".split(" ");
const ANSWERS: SymbolModel = does({
  sinks: [...sinks("html", argument(0)), ...sinks("response", argument(0))],
});

const handlers: Record<string, SymbolModel> = {
  [HANDLER]: { subclassEntries: { methods: VERBS, entry: { protocol: "http" } } },
  ...each(HANDLER, "command path raw_requestline requestline", sourced("http-request")),
  [`${HANDLER}.headers`]: holding("email.message.Message", "http-request"),
  [`${HANDLER}.rfile`]: holding("http.server.RequestStream"),
  "http.server.RequestStream.read": yields("http-request", {
    waits: WAITS,
    unbounded: { limit: argument(0) },
  }),
  ...each("http.server.RequestStream", "readline readlines", yields("http-request", { waits: WAITS })),
  [`${HANDLER}.wfile`]: holding("http.server.ResponseStream"),
  "http.server.ResponseStream.write": ANSWERS,
  [`${HANDLER}.send_header`]: does({ sinks: sinks("header", argument(0, "keyword"), argument(1, "value")) }),
  [`${HANDLER}.send_response`]: does({ sinks: sinks("header", argument(1, "message")) }),
  [`${HANDLER}.send_response_only`]: does({ sinks: sinks("header", argument(1, "message")) }),
  [`${HANDLER}.send_error`]: does({
    sinks: [
      ...sinks("header", argument(1, "message")),
      ...sinks("response", argument(1, "message"), argument(2, "explain")),
    ],
  }),
  ...each(HANDLER, "log_error log_message", does({ sinks: sinks("log", rest(0)) })),
  ...each(HANDLER, "date_time_string end_headers flush_headers log_request version_string", SILENT),
  "http.server.SimpleHTTPRequestHandler": like(HANDLER),
  "http.server.CGIHTTPRequestHandler": like("http.server.SimpleHTTPRequestHandler"),
};

const SERVES: SymbolModel = does({ waits: { on: "network", unlimitedWhen: [] } });

/** `TCPServer(address, handler)` and its kind. */
function server(name: string): SymbolModel {
  return {
    ...gives(name, { misuses: [bindsEverywhere(argument(0, "server_address"))], acquires: "socket" }),
    extends: ["socketserver.BaseServer"],
  };
}

const servers: Record<string, SymbolModel> = {
  "socketserver.BaseServer.serve_forever": SERVES,
  "socketserver.BaseServer.server_close": RELEASES,
  "socketserver.BaseServer.__exit__": RELEASES,
  ...Object.fromEntries(
    ["TCPServer", "UDPServer", "ThreadingTCPServer", "ThreadingUDPServer", "ForkingTCPServer"].map((name) => [
      `socketserver.${name}`,
      server(`socketserver.${name}`),
    ]),
  ),
  "socketserver.BaseRequestHandler": {
    subclassEntries: { methods: ["handle"], entry: { protocol: "message" } },
  },
  "socketserver.BaseRequestHandler.request": holding(SOCKET),
  "socketserver.StreamRequestHandler": like("socketserver.BaseRequestHandler"),
  "socketserver.StreamRequestHandler.rfile": holding("socket.SocketIO"),
  "socketserver.DatagramRequestHandler": like("socketserver.StreamRequestHandler"),
};

const web: Record<string, SymbolModel> = {
  ...handlers,
  "http.server.HTTPServer": server("http.server.HTTPServer"),
  "http.server.ThreadingHTTPServer": server("http.server.ThreadingHTTPServer"),
};

export const network: LibraryModel = {
  library: "network",
  symbols: {
    ...sockets,
    ...tls,
    ...web,
    ...moved(web, "http.server", "BaseHTTPServer"),
    ...moved(web, "http.server", "six.moves.BaseHTTPServer"),
    ...moved(web, "http.server", "SimpleHTTPServer"),
    ...servers,
    ...moved(servers, "socketserver", "SocketServer"),
    ...moved(servers, "socketserver", "six.moves.socketserver"),
    "ipaddress.IPv4Address": gives("ipaddress.IPv4Address"),
    ...each("ipaddress", "ip_address ip_network IPv6Address", passes(argument(0))),
  },
};
