// Tornado: request handlers, web sockets, templates and escaping.
// Facts: https://www.tornadoweb.org/en/stable/web.html, /httputil.html, /websocket.html, /escape.html, /template.html
//
// Header and cookie values are not sinks: control characters in them raise ValueError.
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import {
  AUTHENTICATION,
  answer,
  CLIENT_CALL,
  CLIENT_VALUE,
  cookieFlags,
  EVERY_INTERFACE,
  SETS_HEADER,
  sameType,
  UNRELATED,
} from "./web.js";

const HANDLER = "tornado.web.RequestHandler";
const REQUEST = "tornado.httputil.HTTPServerRequest";
const SOCKET = "tornado.websocket.WebSocketHandler";

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];
/** Groups of the URL pattern. */
const ENTRY: EntryModel = { protocol: "http", parameters: "http-request" };

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each(
    REQUEST,
    "arguments query_arguments body_arguments body headers path uri query host host_name",
    CLIENT_VALUE,
  ),
  [`${REQUEST}.cookies`]: CLIENT_VALUE,
  [`${REQUEST}.files`]: { member: { source: "upload" } },
  [`${REQUEST}.full_url`]: CLIENT_CALL,
  ...each(REQUEST, "request_time get_ssl_certificate", UNRELATED),
  "tornado.httpserver.HTTPRequest": sameType(REQUEST),
  "tornado.httputil.HTTPFile": {},
  ...each("tornado.httputil.HTTPFile", "filename body content_type", { member: { source: "upload" } }),
};

const ARGUMENTS =
  "get_argument get_arguments get_body_argument get_body_arguments get_query_argument get_query_arguments";

const handler: Record<string, SymbolModel> = {
  [HANDLER]: {
    subclassEntries: { methods: METHODS, hooks: ["prepare"], entry: ENTRY },
  },
  [`${HANDLER}.request`]: { member: { type: REQUEST } },
  ...each(HANDLER, "path_args path_kwargs cookies", CLIENT_VALUE),
  ...each(HANDLER, `${ARGUMENTS} get_cookie`, {
    call: { source: "http-request", propagates: [argument(1, "default")] },
  }),
  [`${HANDLER}.decode_argument`]: { call: { propagates: [argument(0, "value")] } },
  // The server signed them.
  ...each(HANDLER, "get_secure_cookie get_signed_cookie", {
    call: { propagates: "none", decides: "signature" },
  }),
  [`${HANDLER}.xsrf_token`]: { member: { source: "secret" } },
  [`${HANDLER}.check_xsrf_cookie`]: { call: { propagates: "none", decides: "csrf" }, guards: "csrf" },
  ...each(HANDLER, "get_status get_login_url static_url reverse_url get_user_locale", {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header"] },
  }),
};

/** Text is answered as HTML, a dictionary as JSON. */
const WRITES: SymbolModel = {
  call: {
    sinks: [
      { kind: "html", argument: argument(0, "chunk"), form: "string" },
      ...answer(argument(0, "chunk")),
    ],
    propagates: "none",
  },
};
const answers: Record<string, SymbolModel> = {
  ...each(HANDLER, "write finish", WRITES),
  [`${HANDLER}.redirect`]: {
    call: { sinks: [{ kind: "redirect", argument: argument(0, "url") }], propagates: "none" },
  },
  [`${HANDLER}.render`]: { call: { sinks: answer("any"), propagates: "none" } },
  [`${HANDLER}.render_string`]: { call: { returns: "builtins.bytes", propagates: "none" } },
  ...each(HANDLER, "set_header add_header", SETS_HEADER),
  // Since 6.5.3 a reason with a line break or markup is replaced.
  [`${HANDLER}.set_status`]: {
    call: { sinks: [{ kind: "header", argument: argument(1, "reason") }], propagates: "none" },
  },
  [`${HANDLER}.send_error`]: {
    call: { sinks: [{ kind: "header", argument: keyword("reason") }], propagates: "none" },
  },
  ...each(HANDLER, "set_cookie set_secure_cookie set_signed_cookie", {
    call: {
      misuses: cookieFlags(keyword("secure"), keyword("httponly")),
      propagates: "none",
    },
  }),
  ...each(HANDLER, "clear_cookie clear_all_cookies clear_header clear flush", UNRELATED),
  // The message is logged, the reason is sent.
  "tornado.web.HTTPError": {
    call: {
      sinks: [
        { kind: "log", argument: argument(1, "log_message") },
        { kind: "header", argument: keyword("reason") },
        ...answer(keyword("reason")),
      ],
      returns: "tornado.web.HTTPError",
      propagates: "none",
    },
  },
};

const application: Record<string, SymbolModel> = {
  "tornado.web.authenticated": AUTHENTICATION,
  "tornado.web.Application": {
    call: {
      returns: "tornado.web.Application",
      propagates: "none",
      misuses: [
        { kind: "debug-mode", when: [{ argument: keyword("debug"), is: [true] }] },
        { kind: "debug-mode", when: [{ argument: keyword("serve_traceback"), is: [true] }] },
        { kind: "autoescape-off", when: [{ argument: keyword("autoescape"), is: [null] }] },
        { kind: "csrf-exempt", when: [{ argument: keyword("xsrf_cookies"), is: [false] }] },
      ],
    },
  },
  ...each("tornado.web.Application", "listen", listens(1)),
  "tornado.httpserver.HTTPServer": {},
  ...each("tornado.httpserver.HTTPServer", "listen bind", listens(1)),
  ...each("tornado.web", "StaticFileHandler RedirectHandler ErrorHandler FallbackHandler", sameType(HANDLER)),
  // UIModule.render gives HTML to the template that holds it.
  "tornado.web.create_signed_value": { call: { propagates: [argument(2, "value")] } },
  "tornado.web.decode_signed_value": { call: { propagates: "none", decides: "signature" } },
};

function listens(position: number): SymbolModel {
  return {
    call: {
      propagates: "none",
      misuses: [
        {
          kind: "binds-all-interfaces",
          when: [{ argument: argument(position, "address"), is: EVERY_INTERFACE }],
        },
      ],
    },
  };
}

const sockets: Record<string, SymbolModel> = {
  [SOCKET]: {
    extends: [HANDLER],
    subclassEntries: {
      methods: ["on_message", "open", "on_ping", "on_pong"],
      hooks: ["prepare", "check_origin"],
      entry: { protocol: "websocket", parameters: "message" },
    },
  },
  [`${SOCKET}.write_message`]: {
    call: { sinks: answer(argument(0, "message")), propagates: "none" },
  },
  ...each(SOCKET, "ping close select_subprotocol", UNRELATED),
};

const KEEPS: SymbolModel = { call: { propagates: [argument(0, "value")] } };

const escaping: Record<string, SymbolModel> = {
  "tornado.escape.xhtml_escape": { call: { propagates: [argument(0, "value")], sanitizes: ["html"] } },
  "tornado.escape.url_escape": {
    call: { propagates: [argument(0, "value")], sanitizes: ["html", "header", "log"] },
  },
  "tornado.escape.linkify": { call: { propagates: [argument(0, "text")], sanitizes: ["html"] } },
  ...each("tornado.escape", "xhtml_unescape url_unescape json_encode json_decode squeeze", KEEPS),
  ...each("tornado.escape", "utf8 to_unicode native_str to_basestring recursive_unicode", KEEPS),
};

const templates: Record<string, SymbolModel> = {
  "tornado.template.Template": {
    call: {
      sinks: [{ kind: "template", argument: argument(0, "template_string") }],
      returns: "tornado.template.Template",
      propagates: "none",
      misuses: [{ kind: "autoescape-off", when: [{ argument: argument(4, "autoescape"), is: [null] }] }],
    },
  },
  "tornado.template.Template.generate": { call: { returns: "builtins.bytes", propagates: "none" } },
  "tornado.template.Loader": {
    call: {
      returns: "tornado.template.Loader",
      propagates: "none",
      sinks: [{ kind: "path", argument: argument(0, "root_directory") }],
      misuses: [{ kind: "autoescape-off", when: [{ argument: keyword("autoescape"), is: [null] }] }],
    },
  },
  "tornado.template.Loader.load": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "name") }],
      returns: "tornado.template.Template",
      propagates: "none",
    },
  },
};

export const tornado: LibraryModel = {
  library: "tornado",
  symbols: { ...request, ...handler, ...answers, ...application, ...sockets, ...escaping, ...templates },
};
