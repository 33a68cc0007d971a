// Falcon: requests, responses, bodies in parts, sinks and static routes.
// Facts: https://falcon.readthedocs.io/en/stable/api/request_and_response.html, /api/status.html, /api/multipart.html
//
// Bodies are JSON unless the response names another type, so that they are no HTML sinks.
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_CALL, CLIENT_VALUE, SETS_HEADER, sameType, UNRELATED } from "./web.js";

const REQUEST = "falcon.Request";
const RESPONSE = "falcon.Response";
const STREAM = "falcon.stream.BoundedStream";
const PART = "falcon.media.multipart.BodyPart";

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each("falcon", "request.Request asgi.Request asgi.request.Request", sameType(REQUEST)),
  ...each(REQUEST, "params headers headers_lower cookies media env uri url relative_uri path", CLIENT_VALUE),
  ...each(REQUEST, "query_string host forwarded_host netloc subdomain forwarded forwarded_uri", CLIENT_VALUE),
  ...each(REQUEST, "forwarded_prefix prefix access_route auth user_agent referer accept", CLIENT_VALUE),
  ...each(REQUEST, "content_type expect if_range last_event_id", CLIENT_VALUE),
  ...each(REQUEST, "get_param get_param_as_list get_param_as_dict get_param_as_json", {
    call: { source: "http-request", propagates: [keyword("default")] },
  }),
  ...each(REQUEST, "get_param_as_media get_header get_cookie_values get_media", {
    call: { source: "http-request", propagates: [keyword("default")] },
  }),
  ...each(REQUEST, "get_param_as_int get_param_as_float get_param_as_uuid get_param_as_bool", UNRELATED),
  ...each(REQUEST, "get_param_as_datetime get_param_as_date get_header_as_int", UNRELATED),
  ...each(REQUEST, "get_header_as_datetime has_param client_accepts client_prefers", UNRELATED),
  [`${REQUEST}.log_error`]: {
    call: { sinks: [{ kind: "log", argument: argument(0, "message") }], propagates: "none" },
  },
  // The stream of the server itself may wait for more than was sent.
  ...each(REQUEST, "stream bounded_stream", { member: { type: STREAM, source: "http-request" } }),
  [STREAM]: {},
  [`${STREAM}.read`]: {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  [`${STREAM}.readall`]: { call: { source: "http-request", propagates: "none", unbounded: {} } },
  ...each(STREAM, "readline readlines", CLIENT_CALL),
  [PART]: {},
  "falcon.asgi.multipart.BodyPart": sameType(PART),
  ...each(PART, "filename name data text media stream content_type", { member: { source: "upload" } }),
  [`${PART}.secure_filename`]: { member: { source: "upload", sanitizes: ["path", "shell", "header"] } },
  ...each(PART, "get_data get_text get_media", { call: { source: "upload", propagates: "none" } }),
  "falcon.uri.decode": { call: { propagates: [argument(0, "encoded_uri")], exposes: "all" } },
  "falcon.uri.parse_query_string": { call: { propagates: [argument(0, "query_string")] } },
  "falcon.secure_filename": {
    call: { propagates: [argument(0, "filename")], sanitizes: ["path", "shell", "header"] },
  },
};

const responses: Record<string, SymbolModel> = {
  [RESPONSE]: {},
  ...each("falcon", "response.Response asgi.Response asgi.response.Response", sameType(RESPONSE)),
  ...each(RESPONSE, "text body data media stream", { member: { stores: ["response"] } }),
  [`${RESPONSE}.location`]: { member: { stores: ["redirect"] } },
  ...each(RESPONSE, "set_header append_header", SETS_HEADER),
  [`${RESPONSE}.set_stream`]: { call: { sinks: answer(argument(0, "stream")), propagates: "none" } },
  // Secure and HttpOnly unless the call says otherwise.
  [`${RESPONSE}.set_cookie`]: {
    call: {
      misuses: [
        { kind: "insecure-cookie", when: [{ argument: argument(6, "secure"), is: [false] }] },
        { kind: "insecure-cookie", when: [{ argument: argument(7, "http_only"), is: [false] }] },
      ],
      propagates: "none",
    },
  },
  ...each(RESPONSE, "unset_cookie delete_header", UNRELATED),
};

const MOVES = "HTTPMovedPermanently HTTPFound HTTPSeeOther HTTPTemporaryRedirect HTTPPermanentRedirect";
const FAILURES =
  "HTTPBadRequest HTTPUnauthorized HTTPForbidden HTTPNotFound HTTPNotAcceptable HTTPConflict HTTPGone " +
  "HTTPPreconditionFailed HTTPUnsupportedMediaType HTTPUnprocessableEntity HTTPTooManyRequests " +
  "HTTPInternalServerError HTTPBadGateway HTTPServiceUnavailable HTTPError";

const errors: Record<string, SymbolModel> = {
  ...each("falcon", MOVES, {
    call: { sinks: [{ kind: "redirect", argument: argument(0, "location") }], propagates: "none" },
  }),
  ...each("falcon", FAILURES, {
    call: { sinks: answer(keyword("title"), keyword("description")), propagates: "none" },
  }),
  "falcon.HTTPStatus": {
    call: { sinks: answer(argument(2, "text"), keyword("body")), propagates: "none" },
  },
};

/** A sink gets the groups of its pattern after the request and the response. */
const SINK: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  types: { 0: REQUEST, 1: RESPONSE },
};

function application(type: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    [`${type}.add_sink`]: {
      call: { propagates: "none", registers: { callback: argument(0, "sink"), entry: SINK } },
    },
    [`${type}.add_static_route`]: {
      call: {
        sinks: [
          { kind: "path", argument: argument(1, "directory") },
          { kind: "path", argument: keyword("fallback_filename") },
        ],
        propagates: "none",
      },
    },
    ...each(type, "add_route add_error_handler add_middleware", UNRELATED),
  };
}

export const falcon: LibraryModel = {
  library: "falcon",
  symbols: {
    ...request,
    ...responses,
    ...errors,
    ...application("falcon.App"),
    ...application("falcon.API"),
    ...application("falcon.asgi.App"),
  },
  // Resources are classes without a base: their methods are known by these parameters.
  parameters: [
    { name: /^(req|request)$/, type: REQUEST, whenImporting: "falcon" },
    { name: /^(resp|response)$/, type: RESPONSE, whenImporting: "falcon" },
  ],
};
