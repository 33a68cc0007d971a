// The server of aiohttp: requests, multipart bodies, web sockets, responses and routes.
// Facts: https://docs.aiohttp.org/en/stable/web_reference.html, https://docs.aiohttp.org/en/stable/multipart_reference.html
//
// Bodies are limited by client_max_size (1 MiB unless the application says otherwise); request.content is not.
// Header values are not sinks: a line break in them raises ValueError.
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import {
  AUTHENTICATION,
  AUTHORIZATION,
  answer,
  CLIENT_CALL,
  CLIENT_VALUE,
  cookieFlags,
  EVERY_INTERFACE,
  SETS_HEADER,
  sameType,
  UNRELATED,
} from "./web.js";

const REQUEST = "aiohttp.web.Request";
const RESPONSE = "aiohttp.web.Response";
const PART = "aiohttp.BodyPartReader";
const SOCKET = "aiohttp.web.WebSocketResponse";
const FILE = "aiohttp.web.FileField";

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each(
    REQUEST,
    "match_info query rel_url url path path_qs raw_path query_string headers raw_headers",
    CLIENT_VALUE,
  ),
  ...each(
    REQUEST,
    "cookies host forwarded if_match if_none_match content_type charset message",
    CLIENT_VALUE,
  ),
  ...each(REQUEST, "GET", CLIENT_VALUE),
  // A stream of the client's, unlike the one that a client session reads an answer from.
  [`${REQUEST}.content`]: { member: { type: "aiohttp.web.Request.content", source: "http-request" } },
  [`${REQUEST}.content.read`]: {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "n") } },
  },
  ...each(`${REQUEST}.content`, "readany readexactly readline readchunk iter_chunked iter_any", CLIENT_CALL),
  ...each(REQUEST, "read text json post", CLIENT_CALL),
  [`${REQUEST}.multipart`]: { call: { returns: "aiohttp.MultipartReader", propagates: "none" } },
  ...each(REQUEST, "get_extra_info clone release", UNRELATED),
  ...each("aiohttp.web", "BaseRequest", sameType(REQUEST)),
  ...each("aiohttp.web_request", "Request BaseRequest", sameType(REQUEST)),
  [FILE]: {},
  ...each(FILE, "filename content_type headers file", { member: { source: "upload" } }),
  "aiohttp.web_request.FileField": sameType(FILE),
};

const multipart: Record<string, SymbolModel> = {
  "aiohttp.MultipartReader": {},
  ...each("aiohttp.MultipartReader", "next __anext__", {
    call: { returns: PART, source: "upload", propagates: "none" },
  }),
  [PART]: {},
  ...each(PART, "filename name headers", { member: { source: "upload" } }),
  // Limited by client_max_size in recent versions only.
  ...each(PART, "text json form", { call: { source: "upload", propagates: "none", unbounded: {} } }),
  [`${PART}.read`]: { call: { source: "upload", propagates: "none", unbounded: {} } },
  ...each(PART, "read_chunk readline", { call: { source: "upload", propagates: "none" } }),
};

const HTML = ["text/html", "application/xhtml+xml", "image/svg+xml"];
const TYPE = keyword("content_type");

const responses: Record<string, SymbolModel> = {
  "aiohttp.web.StreamResponse": {},
  ...each("aiohttp.web.StreamResponse", "write write_eof", {
    call: { sinks: answer(argument(0, "data")), propagates: "none" },
  }),
  "aiohttp.web.StreamResponse.set_cookie": {
    call: {
      misuses: cookieFlags(keyword("secure"), keyword("httponly")),
      propagates: "none",
    },
  },
  "aiohttp.web.StreamResponse.del_cookie": UNRELATED,
  "aiohttp.web.StreamResponse.headers": { member: { type: "aiohttp.web.StreamResponse.headers" } },
  "aiohttp.web.StreamResponse.headers.__setitem__": SETS_HEADER,
  [RESPONSE]: {
    extends: ["aiohttp.web.StreamResponse"],
    call: {
      sinks: [
        { kind: "html", argument: keyword("text"), when: [{ argument: TYPE, is: HTML }] },
        { kind: "html", argument: keyword("body"), when: [{ argument: TYPE, is: HTML }] },
        ...answer(keyword("text"), keyword("body")),
      ],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  ...each(RESPONSE, "text body", { member: { stores: ["response"] } }),
  "aiohttp.web.json_response": {
    call: {
      sinks: answer(argument(0, "data"), keyword("text"), keyword("body")),
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "aiohttp.web.FileResponse": {
    extends: ["aiohttp.web.StreamResponse"],
    call: {
      sinks: [{ kind: "path", argument: argument(0, "path") }],
      returns: "aiohttp.web.FileResponse",
      propagates: "none",
    },
  },
  "aiohttp_jinja2.render_template": {
    call: { sinks: answer(argument(2, "context")), returns: RESPONSE, propagates: "none" },
  },
  "aiohttp_jinja2.render_string": { call: { returns: "builtins.str", propagates: "none" } },
};

const MOVES =
  "HTTPFound HTTPSeeOther HTTPMovedPermanently HTTPTemporaryRedirect HTTPPermanentRedirect HTTPMultipleChoices " +
  "HTTPMove HTTPUseProxy";
const FAILURES =
  "HTTPBadRequest HTTPUnauthorized HTTPForbidden HTTPNotFound HTTPConflict HTTPGone HTTPPreconditionFailed " +
  "HTTPUnprocessableEntity HTTPUnsupportedMediaType HTTPTooManyRequests HTTPInternalServerError HTTPBadGateway " +
  "HTTPServiceUnavailable HTTPGatewayTimeout HTTPNotAcceptable HTTPOk HTTPCreated HTTPAccepted";

function exception(name: string, moves: boolean): SymbolModel {
  return {
    extends: [RESPONSE],
    call: {
      sinks: [
        ...(moves ? [{ kind: "redirect", argument: argument(0, "location") } as const] : []),
        ...answer(keyword("text"), keyword("body"), keyword("reason")),
      ],
      returns: `aiohttp.web.${name}`,
      propagates: "none",
    },
  };
}

const exceptions: Record<string, SymbolModel> = Object.fromEntries([
  ...MOVES.split(" ").map((name) => [`aiohttp.web.${name}`, exception(name, true)] as const),
  ...FAILURES.split(" ").map((name) => [`aiohttp.web.${name}`, exception(name, false)] as const),
]);

const RECEIVES = {
  source: "message",
  propagates: "none",
  waits: { on: "network", timeout: argument(0, "timeout") },
} as const;

const sockets: Record<string, SymbolModel> = {
  [SOCKET]: { extends: ["aiohttp.web.StreamResponse"] },
  [`${SOCKET}.receive`]: { call: { ...RECEIVES, returns: "aiohttp.WSMessage" } },
  [`${SOCKET}.__anext__`]: { call: { source: "message", returns: "aiohttp.WSMessage", propagates: "none" } },
  ...each(SOCKET, "receive_str receive_bytes", { call: RECEIVES }),
  [`${SOCKET}.receive_json`]: {
    call: { ...RECEIVES, waits: { on: "network", timeout: keyword("timeout") } },
  },
  ...each(SOCKET, "send_str send_bytes send_json", {
    call: { sinks: answer(argument(0, "data")), propagates: "none" },
  }),
  ...each(SOCKET, "prepare can_prepare close ping pong", UNRELATED),
  "aiohttp.WSMessage": {},
  "aiohttp.WSMessage.data": { member: { source: "message" } },
  "aiohttp.WSMessage.json": { call: { source: "message", propagates: "none" } },
};

const ENTRY: EntryModel = { protocol: "http", types: { 0: REQUEST } };
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

function registers(position: number): SymbolModel {
  return {
    call: { propagates: "none", registers: { callback: argument(position, "handler"), entry: ENTRY } },
  };
}

const routes: Record<string, SymbolModel> = {
  "aiohttp.web.Application": {},
  "aiohttp.web.Application.router": { member: { type: "aiohttp.web.UrlDispatcher" } },
  "aiohttp.web.UrlDispatcher": {},
  ...each("aiohttp.web.UrlDispatcher", METHODS.map((method) => `add_${method}`).join(" "), registers(1)),
  "aiohttp.web.UrlDispatcher.add_view": registers(1),
  "aiohttp.web.UrlDispatcher.add_route": registers(2),
  "aiohttp.web.UrlDispatcher.add_static": {
    call: { sinks: [{ kind: "path", argument: argument(1, "path") }], propagates: "none" },
  },
  ...each("aiohttp.web", `${METHODS.join(" ")} view`, registers(1)),
  "aiohttp.web.route": registers(2),
  "aiohttp.web.static": {
    call: { sinks: [{ kind: "path", argument: argument(1, "path") }], propagates: "none" },
  },
  "aiohttp.web.RouteTableDef": {},
  ...each("aiohttp.web.RouteTableDef", `${METHODS.join(" ")} route view`, { decorates: ENTRY }),
  "aiohttp.web.View": { subclassEntries: { methods: METHODS, entry: { protocol: "http" } } },
  "aiohttp.web.View.request": { member: { type: REQUEST } },
  "aiohttp.web.middleware": { decorates: { ...ENTRY, surrounds: true } },
  "aiohttp.web.run_app": {
    call: {
      propagates: "none",
      misuses: [{ kind: "binds-all-interfaces", when: [{ argument: keyword("host"), is: EVERY_INTERFACE }] }],
    },
  },
  "aiohttp.web.TCPSite": {
    call: {
      returns: "aiohttp.web.TCPSite",
      propagates: "none",
      misuses: [
        { kind: "binds-all-interfaces", when: [{ argument: argument(1, "host"), is: EVERY_INTERFACE }] },
      ],
    },
  },
};

/** aiohttp-security: https://aiohttp-security.readthedocs.io/en/latest/reference.html */
const security: Record<string, SymbolModel> = {
  "aiohttp_security.check_authorized": {
    ...AUTHENTICATION,
    call: { propagates: "none", decides: "authentication" },
  },
  "aiohttp_security.check_permission": {
    ...AUTHORIZATION,
    call: { propagates: "none", decides: "authorization" },
  },
  "aiohttp_security.permits": {
    ...AUTHORIZATION,
    call: { propagates: "none", decides: "authorization" },
  },
  "aiohttp_security.login_required": AUTHENTICATION,
  "aiohttp_security.has_permission": AUTHORIZATION,
  "aiohttp_security.authorized_userid": { call: { propagates: "none", decides: "authentication" } },
  ...each("aiohttp_security", "remember forget", UNRELATED),
};

export const aiohttpWeb: LibraryModel = {
  library: "aiohttp-web",
  symbols: { ...request, ...multipart, ...responses, ...exceptions, ...sockets, ...routes, ...security },
  parameters: [{ name: /^request$/, type: REQUEST, whenImporting: "aiohttp" }],
};
