// WebOb: the request and response objects under Pyramid, Pecan and others.
// Facts: https://docs.pylonsproject.org/projects/webob/en/stable/api/request.html, /response.html, /exceptions.html
//
// Header values are not sinks: control characters in the location and in cookies raise ValueError.
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_VALUE, cookieFlags, markupBody, SETS_HEADER, sameType, UNRELATED } from "./web.js";

const REQUEST = "webob.Request";
const RESPONSE = "webob.Response";
const VALUES = "webob.multidict.MultiDict";
const BODY = "webob.request.BodyFile";

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each("webob", "BaseRequest request.Request request.BaseRequest", sameType(REQUEST)),
  ...each(REQUEST, "params GET POST str_params str_GET str_POST cookies", {
    member: { type: VALUES, source: "http-request" },
  }),
  ...each(REQUEST, "headers body json json_body text path path_qs path_info path_url url", CLIENT_VALUE),
  ...each(REQUEST, "host host_url application_url domain query_string urlvars urlargs environ", CLIENT_VALUE),
  ...each(REQUEST, "user_agent referer referrer authorization content_type script_name", CLIENT_VALUE),
  ...each(REQUEST, "body_file body_file_raw body_file_seekable", {
    member: { type: BODY, source: "http-request" },
  }),
  [BODY]: {},
  [`${BODY}.read`]: {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  [VALUES]: {},
  ...each(VALUES, "get getone getall", { call: { propagates: ["receiver", argument(1, "default")] } }),
};

/** A response that is HTML unless the call names another type. */
export function webobResponse(type: string): SymbolModel {
  const types = [argument(4, "content_type")];
  const absent = [argument(2, "headerlist"), argument(3, "app_iter"), keyword("headers")];
  return {
    extends: [RESPONSE],
    call: {
      sinks: [
        ...[argument(0, "body"), keyword("text"), keyword("unicode_body")].map((body) =>
          markupBody(body, types, absent),
        ),
        ...answer(argument(0, "body"), keyword("text"), keyword("unicode_body"), keyword("app_iter")),
        ...answer(keyword("json"), keyword("json_body")),
        { kind: "redirect", argument: keyword("location") },
      ],
      returns: type,
      propagates: "none",
    },
  };
}

const responses: Record<string, SymbolModel> = {
  [RESPONSE]: { call: webobResponse(RESPONSE).call! },
  "webob.response.Response": webobResponse(RESPONSE),
  ...each(RESPONSE, "body text unicode_body json json_body app_iter", { member: { stores: ["response"] } }),
  [`${RESPONSE}.location`]: { member: { stores: ["redirect"] } },
  [`${RESPONSE}.headers`]: { member: { type: "webob.headers.ResponseHeaders" } },
  "webob.headers.ResponseHeaders": {},
  ...each("webob.headers.ResponseHeaders", "__setitem__ add setdefault", SETS_HEADER),
  [`${RESPONSE}.write`]: { call: { sinks: answer(argument(0, "text")), propagates: "none" } },
  [`${RESPONSE}.set_cookie`]: {
    call: { misuses: cookieFlags(argument(5, "secure"), argument(6, "httponly")), propagates: "none" },
  },
  ...each(RESPONSE, "delete_cookie unset_cookie merge_cookies", UNRELATED),
};

const MOVES = "HTTPMultipleChoices HTTPMovedPermanently HTTPFound HTTPSeeOther HTTPUseProxy";
const FAILURES =
  "HTTPException HTTPError HTTPClientError HTTPServerError HTTPOk HTTPCreated HTTPAccepted HTTPBadRequest " +
  "HTTPUnauthorized HTTPForbidden HTTPNotFound HTTPMethodNotAllowed HTTPNotAcceptable HTTPConflict HTTPGone " +
  "HTTPPreconditionFailed HTTPRequestEntityTooLarge HTTPUnsupportedMediaType HTTPUnprocessableEntity " +
  "HTTPTooManyRequests HTTPInternalServerError HTTPNotImplemented HTTPBadGateway HTTPServiceUnavailable";

/**
 * Exceptions that are responses. The page escapes their detail.
 * @param location where redirects are told where to go
 */
export function webobExceptions(prefix: string, location: number): Record<string, SymbolModel> {
  const moves = `${MOVES} HTTPTemporaryRedirect HTTPPermanentRedirect`.split(" ");
  return Object.fromEntries([
    ...moves.map((name): [string, SymbolModel] => [
      `${prefix}.${name}`,
      {
        extends: [RESPONSE],
        call: {
          sinks: [{ kind: "redirect", argument: argument(location, "location") }],
          returns: `${prefix}.${name}`,
          propagates: "none",
        },
      },
    ]),
    ...FAILURES.split(" ").map((name): [string, SymbolModel] => [
      `${prefix}.${name}`,
      {
        extends: [RESPONSE],
        call: {
          sinks: answer(argument(0, "detail"), keyword("explanation"), keyword("body"), keyword("json_body")),
          returns: `${prefix}.${name}`,
          propagates: "none",
        },
      },
    ]),
  ]);
}

const WRAPPED: EntryModel = { protocol: "http", types: { req: REQUEST, request: REQUEST } };

export const webob: LibraryModel = {
  library: "webob",
  symbols: {
    ...request,
    ...responses,
    ...webobExceptions("webob.exc", 4),
    "webob.dec.wsgify": { decorates: { ...WRAPPED, answers: ["html", "response"] } },
    "webob.static.FileApp": {
      call: { sinks: [{ kind: "path", argument: argument(0, "filename") }], propagates: "none" },
    },
    "webob.static.DirectoryApp": {
      call: { sinks: [{ kind: "path", argument: argument(0, "path") }], propagates: "none" },
    },
  },
  parameters: [{ name: /^(req|request)$/, type: REQUEST, whenImporting: "webob" }],
};
