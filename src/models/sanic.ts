// Sanic: requests, responses, routes, class-based views and web sockets.
// Facts: https://sanic.dev/en/guide/basics/request.html, /basics/response.html, /basics/routing.html
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import {
  answer,
  CLIENT_CALL,
  CLIENT_VALUE,
  EVERY_INTERFACE,
  SETS_HEADER,
  sameType,
  UNRELATED,
} from "./web.js";

const REQUEST = "sanic.Request";
const RESPONSE = "sanic.HTTPResponse";
const SOCKET = "sanic.Websocket";
const VALUES = "sanic.request.RequestParameters";
const FILES = "sanic.request.FileParameters";
const FILE = "sanic.request.File";

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each("sanic", "request.Request request.types.Request", sameType(REQUEST)),
  ...each(REQUEST, "args form cookies", { member: { type: VALUES, source: "http-request" } }),
  ...each(
    REQUEST,
    "json body headers raw_headers head path url raw_url query_string query_args",
    CLIENT_VALUE,
  ),
  ...each(REQUEST, "raw_args token credentials host forwarded remote_addr match_info", CLIENT_VALUE),
  ...each(REQUEST, "content_type server_name request_line", CLIENT_VALUE),
  ...each(REQUEST, "get_args get_form get_cookies", {
    call: { source: "http-request", returns: VALUES, propagates: "none" },
  }),
  ...each(REQUEST, "get_query_args load_json", CLIENT_CALL),
  [`${REQUEST}.files`]: { member: { type: FILES, source: "upload" } },
  [`${REQUEST}.url_for`]: {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
  },
  [VALUES]: {},
  ...each(VALUES, "get getlist", { call: { propagates: ["receiver", argument(1, "default")] } }),
  [FILES]: {},
  ...each(FILES, "get", { call: { returns: FILE, propagates: ["receiver"] } }),
  ...each(FILES, "__getitem__ getlist", {
    call: { returns: FILE, returnsMany: true, propagates: ["receiver"] },
  }),
  [FILE]: {},
  ...each(FILE, "name body type", { member: { source: "upload" } }),
};

const HTML = ["text/html", "text/html; charset=utf-8", "image/svg+xml", "application/xhtml+xml"];

/** A body whose type is no HTML unless the call says so; the last argument is the type. */
const ANSWERS: SymbolModel = {
  call: {
    sinks: [
      {
        kind: "html",
        argument: argument(0, "body"),
        form: "string",
        when: [{ argument: argument(3, "content_type"), is: HTML }],
      },
      ...answer(argument(0, "body")),
    ],
    returns: RESPONSE,
    propagates: "none",
  },
};

/** The functions that make responses: in `sanic.response`, and for the most part in `sanic`. */
function makers(prefix: string): Record<string, SymbolModel> {
  return {
    ...each(prefix, "text raw json", ANSWERS),
    [`${prefix}.html`]: {
      call: {
        sinks: [
          { kind: "html", argument: argument(0, "body"), form: "string" },
          ...answer(argument(0, "body")),
        ],
        returns: RESPONSE,
        propagates: "none",
      },
    },
    ...each(prefix, "file file_stream", {
      call: {
        sinks: [{ kind: "path", argument: argument(0, "location") }],
        returns: RESPONSE,
        propagates: "none",
      },
    }),
    [`${prefix}.redirect`]: {
      call: {
        sinks: [{ kind: "redirect", argument: argument(0, "to") }],
        returns: RESPONSE,
        propagates: "none",
      },
    },
    [`${prefix}.empty`]: { call: { returns: RESPONSE, propagates: "none" } },
    [`${prefix}.HTTPResponse`]: ANSWERS,
  };
}

const FAILURES =
  "SanicException BadRequest InvalidUsage NotFound Forbidden Unauthorized ServerError InternalServerError " +
  "ServiceUnavailable MethodNotAllowed";
const FAILS: SymbolModel = {
  call: { sinks: answer(argument(0, "message")), propagates: "none" },
};

const responses: Record<string, SymbolModel> = {
  ...makers("sanic"),
  ...makers("sanic.response"),
  [`${RESPONSE}.headers`]: { member: { type: "sanic.HTTPResponse.fields" } },
  "sanic.HTTPResponse.fields": {},
  ...each("sanic.HTTPResponse.fields", "__setitem__ add", SETS_HEADER),
  [`${RESPONSE}.body`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.add_cookie`]: {
    call: {
      misuses: [
        { kind: "insecure-cookie", when: [{ argument: keyword("secure"), is: [false] }] },
        { kind: "insecure-cookie", when: [{ argument: keyword("httponly"), missing: true, is: [false] }] },
      ],
      propagates: "none",
    },
  },
  [`${RESPONSE}.delete_cookie`]: UNRELATED,
  [`${RESPONSE}.send`]: { call: { sinks: answer(argument(0, "data")), propagates: "none" } },
  [`${REQUEST}.respond`]: { call: { returns: RESPONSE, propagates: "none" } },
  ...each("sanic", FAILURES, FAILS),
  ...each("sanic.exceptions", FAILURES, FAILS),
  "sanic.exceptions.abort": {
    call: { sinks: answer(argument(1, "message")), propagates: "none", neverReturns: true },
  },
};

const VIEW: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  routeArgument: argument(0, "uri"),
  types: { 0: REQUEST },
};
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];
const SURROUNDS: SymbolModel = { decorates: { protocol: "http", types: { 0: REQUEST }, surrounds: true } };

/** Applications and blueprints share these. */
function scaffold(type: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    ...each(type, `route ${METHODS.join(" ")}`, { decorates: VIEW }),
    [`${type}.add_route`]: {
      call: {
        propagates: "none",
        registers: {
          callback: argument(0, "handler"),
          entry: { ...VIEW, routeArgument: argument(1, "uri") },
        },
      },
    },
    [`${type}.websocket`]: {
      decorates: { ...VIEW, protocol: "websocket", types: { 0: REQUEST, 1: SOCKET } },
    },
    ...each(type, "middleware on_request", SURROUNDS),
    ...each(type, "exception", { decorates: { protocol: "http", types: { 0: REQUEST } } }),
    [`${type}.static`]: {
      call: { sinks: [{ kind: "path", argument: argument(1, "file_or_directory") }], propagates: "none" },
    },
    [`${type}.url_for`]: {
      call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
    },
  };
}

const application: Record<string, SymbolModel> = {
  ...scaffold("sanic.Sanic"),
  ...scaffold("sanic.Blueprint"),
  "sanic.app.Sanic": sameType("sanic.Sanic"),
  "sanic.blueprints.Blueprint": sameType("sanic.Blueprint"),
  ...each("sanic.Sanic", "run prepare", {
    call: {
      propagates: "none",
      misuses: [
        { kind: "debug-mode", when: [{ argument: keyword("debug"), is: [true] }] },
        { kind: "binds-all-interfaces", when: [{ argument: argument(0, "host"), is: EVERY_INTERFACE }] },
      ],
    },
  }),
  "sanic.views.HTTPMethodView": {
    subclassEntries: {
      methods: METHODS,
      guardAttributes: ["decorators"],
      entry: { protocol: "http", parameters: "http-request", types: { 0: REQUEST } },
    },
  },
};

const sockets: Record<string, SymbolModel> = {
  [SOCKET]: {},
  ...each(SOCKET, "recv __anext__", { call: { source: "message", propagates: "none" } }),
  [`${SOCKET}.send`]: { call: { sinks: answer(argument(0, "message")), propagates: "none" } },
};

export const sanic: LibraryModel = {
  library: "sanic",
  symbols: { ...request, ...responses, ...application, ...sockets },
};
