// What a client sends, as Django hands it to a view.
// Facts: https://docs.djangoproject.com/en/stable/ref/request-response/, /ref/files/uploads/
import { argument, each, type ParameterModel, type SymbolModel } from "../model.js";
import { CLIENT_CALL, CLIENT_VALUE, sameType, UNRELATED } from "../web.js";

export const REQUEST = "django.http.HttpRequest";
const QUERY = "django.http.QueryDict";
const FILES = "django.utils.datastructures.MultiValueDict";
const UPLOAD = "django.core.files.uploadedfile.UploadedFile";
const SESSION = "django.contrib.sessions.backends.base.SessionBase";

const CALLS_BACK: SymbolModel = { call: { propagates: ["receiver", argument(1, "default")] } };

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each(REQUEST, "GET POST REQUEST COOKIES", { member: { type: QUERY, source: "http-request" } }),
  ...each(REQUEST, "META headers path path_info content_params resolver_match environ", CLIENT_VALUE),
  ...each(REQUEST, "body raw_post_data", CLIENT_VALUE),
  ...each(REQUEST, "content_type encoding method scheme", { member: {} }),
  [`${REQUEST}.FILES`]: { member: { type: FILES, source: "upload" } },
  [`${REQUEST}.session`]: { member: { type: SESSION } },
  [`${REQUEST}.user`]: { member: { type: "django.contrib.auth.models.AbstractBaseUser" } },
  [`${REQUEST}.auser`]: {
    call: { returns: "django.contrib.auth.models.AbstractBaseUser", propagates: "none" },
  },
  [`${REQUEST}.read`]: {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(REQUEST, "readline readlines __iter__", CLIENT_CALL),
  // The host is the server's own, and the path begins with one slash.
  ...each(REQUEST, "build_absolute_uri get_full_path get_full_path_info get_raw_uri", {
    call: { source: "http-request", propagates: "none", sanitizes: ["redirect", "url"] },
  }),
  // It is compared with ALLOWED_HOSTS.
  ...each(REQUEST, "get_host get_port is_secure is_ajax accepts", UNRELATED),
  [`${REQUEST}.get_signed_cookie`]: {
    call: { propagates: [argument(1, "default")], decides: "signature" },
  },
  "django.http.request.HttpRequest": sameType(REQUEST),
  "django.core.handlers.wsgi.WSGIRequest": sameType(REQUEST),
  "django.core.handlers.asgi.ASGIRequest": sameType(REQUEST),
};

const dictionaries: Record<string, SymbolModel> = {
  [QUERY]: {},
  [`${QUERY}.get`]: CALLS_BACK,
  ...each(QUERY, "getlist dict items values lists urlencode copy pop", {
    call: { propagates: ["receiver"] },
  }),
  "django.http.request.QueryDict": sameType(QUERY),
  [FILES]: {},
  ...each(FILES, "__getitem__ get pop", { call: { returns: UPLOAD, propagates: ["receiver"] } }),
  ...each(FILES, "getlist values", {
    call: { returns: UPLOAD, returnsMany: true, propagates: ["receiver"] },
  }),
};

const uploads: Record<string, SymbolModel> = {
  [UPLOAD]: {},
  // Directories are cut off its name.
  [`${UPLOAD}.name`]: { member: { source: "upload", sanitizes: ["path"] } },
  ...each(UPLOAD, "content_type content_type_extra charset", { member: { source: "upload" } }),
  ...each(UPLOAD, "size", { member: {} }),
  [`${UPLOAD}.read`]: {
    call: { source: "upload", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(UPLOAD, "readline readlines chunks __iter__", { call: { source: "upload", propagates: "none" } }),
  ...each(UPLOAD, "multiple_chunks temporary_file_path", UNRELATED),
  [`${UPLOAD}.close`]: { call: { releases: "receiver", propagates: "none" } },
  ...each(
    "django.core.files.uploadedfile",
    "InMemoryUploadedFile TemporaryUploadedFile SimpleUploadedFile",
    sameType(UPLOAD),
  ),
};

/** Kept on the server (or signed); what is in it the application put there. */
const session: Record<string, SymbolModel> = {
  [SESSION]: {},
  [`${SESSION}.session_key`]: { member: { source: "secret" } },
  ...each(SESSION, "cycle_key flush set_expiry save exists test_cookie_worked", UNRELATED),
  [`${SESSION}.decode`]: { call: { propagates: "none", decides: "signature" } },
};

export const requestSymbols: Record<string, SymbolModel> = {
  ...request,
  ...dictionaries,
  ...uploads,
  ...session,
};

export const requestParameters: readonly ParameterModel[] = [
  { name: /^request$/, type: REQUEST, whenImporting: "django" },
];
