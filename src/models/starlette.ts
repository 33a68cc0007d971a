// Starlette: requests, web sockets, uploads, responses and routing; FastAPI adds to it.
// Facts: https://www.starlette.io/requests/, /responses/, /websockets/, /routing/, /endpoints/, /middleware/,
// /authentication/, /background/
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { starletteResponses } from "./starlette-responses.js";
import { AUTHORIZATION, answer, CLIENT_VALUE, EVERY_INTERFACE, sameType, UNRELATED } from "./web.js";

const CONNECTION = "starlette.requests.HTTPConnection";
const REQUEST = "starlette.requests.Request";
const SOCKET = "starlette.websockets.WebSocket";
const UPLOAD = "starlette.datastructures.UploadFile";
const APPLICATION = "starlette.applications.Starlette";

const requests: Record<string, SymbolModel> = {
  [CONNECTION]: {},
  ...each(CONNECTION, "url base_url headers query_params path_params cookies", CLIENT_VALUE),
  ...each(CONNECTION, "app state auth client method", { member: {} }),
  // The browser holds it, signed.
  [`${CONNECTION}.session`]: { member: { type: "starlette.requests.HTTPConnection.session" } },
  [`${CONNECTION}.session.__setitem__`]: { call: { sinks: answer(argument(1)), propagates: "none" } },
  [`${CONNECTION}.user`]: { member: { type: "starlette.authentication.BaseUser" } },
  [`${CONNECTION}.url_for`]: { call: { propagates: ["any"], sanitizes: ["html", "header", "log"] } },
  [REQUEST]: { extends: [CONNECTION] },
  ...each(REQUEST, "json body stream", {
    call: { source: "http-request", propagates: "none", unbounded: {} },
  }),
  [`${REQUEST}.form`]: {
    call: { source: "http-request", propagates: "none", returns: "starlette.datastructures.FormData" },
  },
  ...each(REQUEST, "is_disconnected close", UNRELATED),
  "starlette.datastructures.FormData": {},
  [SOCKET]: { extends: [CONNECTION] },
  // No argument limits the wait.
  ...each(SOCKET, "receive receive_text receive_bytes receive_json", {
    call: { source: "message", propagates: "none", waits: { on: "network", timeout: keyword("timeout") } },
  }),
  // What waits is the `async for` that they are made for.
  ...each(SOCKET, "iter_text iter_bytes iter_json", { call: { source: "message", propagates: "none" } }),
  ...each(SOCKET, "send send_text send_bytes send_json", {
    call: { sinks: answer(argument(0, "data")), propagates: "none" },
  }),
  ...each(SOCKET, "accept close", UNRELATED),
};

const uploads: Record<string, SymbolModel> = {
  [UPLOAD]: {},
  ...each(UPLOAD, "filename content_type headers file", { member: { source: "upload" } }),
  [`${UPLOAD}.size`]: { member: {} },
  [`${UPLOAD}.read`]: {
    call: { source: "upload", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(UPLOAD, "write seek", UNRELATED),
  [`${UPLOAD}.close`]: { call: { releases: "receiver", propagates: "none" } },
};

const HTTP: EntryModel = { protocol: "http", types: { 0: REQUEST }, answers: ["response"] };
const WEBSOCKET: EntryModel = { protocol: "websocket", types: { 0: SOCKET } };
/** (request, call_next) */
const AROUND: EntryModel = { protocol: "http", types: { 0: REQUEST }, surrounds: true };

function registers(entry: EntryModel, name: string): SymbolModel {
  return { call: { propagates: "none", registers: { callback: argument(1, name), entry } } };
}

/** Applications and routers share these. */
function routing(type: string): Record<string, SymbolModel> {
  return {
    [`${type}.route`]: { decorates: HTTP },
    [`${type}.websocket_route`]: { decorates: WEBSOCKET },
    [`${type}.add_route`]: registers(HTTP, "route"),
    [`${type}.add_websocket_route`]: registers(WEBSOCKET, "route"),
    [`${type}.middleware`]: { decorates: AROUND },
    [`${type}.exception_handler`]: {
      decorates: { protocol: "http", types: { 0: REQUEST }, answers: ["response"] },
    },
  };
}

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

const routes: Record<string, SymbolModel> = {
  [APPLICATION]: {
    call: {
      returns: APPLICATION,
      propagates: "none",
      misuses: [{ kind: "debug-mode", when: [{ argument: argument(0, "debug"), is: [true] }] }],
    },
  },
  ...routing(APPLICATION),
  "starlette.routing.Router": {},
  ...routing("starlette.routing.Router"),
  "starlette.routing.Route": registers(HTTP, "endpoint"),
  "starlette.routing.WebSocketRoute": registers(WEBSOCKET, "endpoint"),
  "starlette.endpoints.HTTPEndpoint": { subclassEntries: { methods: METHODS, entry: HTTP } },
  "starlette.endpoints.WebSocketEndpoint": {
    // on_receive(self, websocket, data)
    subclassEntries: {
      methods: ["on_receive", "on_connect"],
      entry: { ...WEBSOCKET, parameters: "message" },
    },
  },
  "starlette.middleware.base.BaseHTTPMiddleware": {
    subclassEntries: { methods: ["dispatch"], entry: AROUND },
  },
};

const CORS = ["starlette.middleware.cors.CORSMiddleware", "fastapi.middleware.cors.CORSMiddleware"];
const SESSIONS = ["starlette.middleware.sessions.SessionMiddleware"];

const ADDS: SymbolModel = {
  call: {
    propagates: "none",
    misuses: [
      {
        kind: "cors-wildcard",
        when: [
          { argument: keyword("allow_origins"), contains: ["*"] },
          { argument: argument(0, "middleware_class"), refersTo: CORS },
          { argument: keyword("allow_credentials"), is: [true] },
        ],
      },
      {
        kind: "cors-wildcard",
        when: [
          { argument: keyword("allow_origin_regex"), is: [".*", ".+", "https?://.*", "http.*"] },
          { argument: argument(0, "middleware_class"), refersTo: CORS },
          { argument: keyword("allow_credentials"), is: [true] },
        ],
      },
      {
        kind: "insecure-cookie",
        when: [
          { argument: argument(0, "middleware_class"), refersTo: SESSIONS },
          { argument: keyword("https_only"), missing: true, is: [false] },
        ],
      },
    ],
  },
};

/** `function(*arguments)` is called later, or elsewhere. */
const LATER = {
  callback: argument(0, "func"),
  with: [{ from: 1 }],
} as const;

const others: Record<string, SymbolModel> = {
  [`${APPLICATION}.add_middleware`]: ADDS,
  "starlette.middleware.Middleware": ADDS,
  "starlette.authentication.requires": AUTHORIZATION,
  "starlette.authentication.has_required_scope": {
    call: { propagates: "none", decides: "authorization" },
    guards: "authorization",
  },
  "starlette.authentication.BaseUser": {},
  "starlette.authentication.BaseUser.is_authenticated": { member: {}, guards: "authentication" },
  "starlette.background.BackgroundTasks": {},
  "starlette.background.BackgroundTasks.add_task": { call: { propagates: "none", calls: LATER } },
  "starlette.background.BackgroundTask": { call: { propagates: "none", calls: LATER } },
  "starlette.concurrency.run_in_threadpool": { call: { propagates: ["any"], calls: LATER } },
  "starlette.config.Config": { call: { returns: "starlette.config.Config", propagates: "none" } },
  "uvicorn.run": {
    call: {
      propagates: "none",
      misuses: [{ kind: "binds-all-interfaces", when: [{ argument: keyword("host"), is: EVERY_INTERFACE }] }],
    },
  },
};

export const starlette: LibraryModel = {
  library: "starlette",
  symbols: { ...requests, ...uploads, ...starletteResponses, ...routes, ...others },
};

/** Routing of Starlette that FastAPI's own applications and routers have too. */
export const starletteRouting = routing;
export { ADDS as ADDS_MIDDLEWARE };
export const SAME = { request: sameType(REQUEST), socket: sameType(SOCKET), upload: sameType(UPLOAD) };
