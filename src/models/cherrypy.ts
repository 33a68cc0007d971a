// CherryPy: exposed methods, the request and response of the current thread, redirects and static files.
// Facts: https://docs.cherrypy.dev/en/latest/pkg/cherrypy._cprequest.html, /pkg/cherrypy.lib.static.html, /basics.html
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_CALL, CLIENT_VALUE, EVERY_INTERFACE, SETS_HEADER, UNRELATED } from "./web.js";

const REQUEST = "cherrypy.Request";
const RESPONSE = "cherrypy.Response";
const BODY = "cherrypy.RequestBody";

const request: Record<string, SymbolModel> = {
  "cherrypy.request": { member: { type: REQUEST } },
  "cherrypy.serving.request": { member: { type: REQUEST } },
  [REQUEST]: {},
  ...each(
    REQUEST,
    "params headers header_list cookie query_string path_info request_line json",
    CLIENT_VALUE,
  ),
  ...each(REQUEST, "base body_params wsgi_environ", CLIENT_VALUE),
  ...each(REQUEST, "body rfile", { member: { type: BODY, source: "http-request" } }),
  [BODY]: {},
  [`${BODY}.read`]: {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(BODY, "readline readlines", CLIENT_CALL),
};

const responses: Record<string, SymbolModel> = {
  "cherrypy.response": { member: { type: RESPONSE } },
  "cherrypy.serving.response": { member: { type: RESPONSE } },
  [RESPONSE]: {},
  [`${RESPONSE}.body`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.headers`]: { member: { type: "cherrypy.lib.httputil.HeaderMap" } },
  "cherrypy.lib.httputil.HeaderMap": {},
  "cherrypy.lib.httputil.HeaderMap.__setitem__": SETS_HEADER,
  "cherrypy.HTTPRedirect": {
    call: { sinks: [{ kind: "redirect", argument: argument(0, "urls") }], propagates: "none" },
  },
  // The page escapes the message.
  "cherrypy.HTTPError": { call: { sinks: answer(argument(1, "message")), propagates: "none" } },
  ...each("cherrypy", "NotFound InternalRedirect", UNRELATED),
  ...each("cherrypy.lib.static", "serve_file serve_download", {
    call: { sinks: [{ kind: "path", argument: argument(0, "path") }], propagates: "none" },
  }),
  // Older names of the same.
  ...each("cherrypy.lib.cptools", "serveFile", {
    call: { sinks: [{ kind: "path", argument: argument(0, "path") }], propagates: "none" },
  }),
  "cherrypy.log": {
    call: { sinks: [{ kind: "log", argument: argument(0, "msg") }], propagates: "none" },
  },
};

const EXPOSED: EntryModel = { protocol: "http", parameters: "http-request", answers: ["html", "response"] };

const application: Record<string, SymbolModel> = {
  "cherrypy.expose": { decorates: EXPOSED },
  "cherrypy.config.update": {
    call: {
      propagates: "none",
      misuses: [
        {
          kind: "binds-all-interfaces",
          when: [{ argument: argument(0), element: "server.socket_host", is: EVERY_INTERFACE }],
        },
        {
          kind: "debug-mode",
          when: [{ argument: argument(0), element: "request.show_tracebacks", is: [true] }],
        },
      ],
    },
  },
};

export const cherrypy: LibraryModel = {
  library: "cherrypy",
  symbols: { ...request, ...responses, ...application },
};
