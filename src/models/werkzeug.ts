// Werkzeug: the request and response objects under Flask and its kind, its data structures, helpers and server.
// Facts: https://werkzeug.palletsprojects.com/en/stable/wrappers/, /datastructures/, /utils/, /serving/, /exceptions/
//
// Header and cookie values are not sinks: newlines raise ValueError since 0.9, and cookie values are quoted.
import { argument, each, keyword, type LibraryModel, type SinkModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_CALL, CLIENT_VALUE, EVERY_INTERFACE, sameType } from "./web.js";
import { werkzeugResponses } from "./werkzeug-responses.js";

const REQUEST = "werkzeug.wrappers.Request";
const RESPONSE = "werkzeug.wrappers.Response";
const HEADERS = "werkzeug.datastructures.Headers";
const MULTI = "werkzeug.datastructures.MultiDict";
const FILES = "werkzeug.datastructures.FileMultiDict";
const FILE = "werkzeug.datastructures.FileStorage";

const PATH_MEMBERS = "path full_path script_root url base_url url_root root_url host_url host query_string";
const OTHER_MEMBERS =
  "data json view_args user_agent referrer origin remote_user content_type mimetype mimetype_params " +
  "content_encoding content_md5 access_route pragma accept_charsets accept_encodings accept_languages " +
  "accept_mimetypes if_match if_none_match if_range cache_control environ access_control_request_headers " +
  "access_control_request_method";

function values(type: string): SymbolModel {
  return { member: { type, source: "http-request" } };
}

const request: Record<string, SymbolModel> = {
  [REQUEST]: {},
  ...each(REQUEST, `${PATH_MEMBERS} ${OTHER_MEMBERS}`, CLIENT_VALUE),
  ...each(REQUEST, "args form values cookies", values(MULTI)),
  [`${REQUEST}.headers`]: values(HEADERS),
  [`${REQUEST}.files`]: { member: { type: FILES, source: "upload" } },
  [`${REQUEST}.stream`]: values("werkzeug.wsgi.LimitedStream"),
  [`${REQUEST}.authorization`]: values("werkzeug.datastructures.Authorization"),
  [`${REQUEST}.get_json`]: CLIENT_CALL,
  [`${REQUEST}.get_data`]: { call: { source: "http-request", propagates: "none", unbounded: {} } },
  "werkzeug.Request": sameType(REQUEST),
  "werkzeug.BaseRequest": sameType(REQUEST),
  "werkzeug.wrappers.BaseRequest": sameType(REQUEST),
  "werkzeug.wrappers.request.Request": sameType(REQUEST),
  "werkzeug.wsgi.LimitedStream": {},
  "werkzeug.wsgi.LimitedStream.read": {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each("werkzeug.wsgi.LimitedStream", "readline readlines", CLIENT_CALL),
  "werkzeug.formparser.parse_form_data": CLIENT_CALL,
  "werkzeug.datastructures.Authorization": {},
  ...each("werkzeug.datastructures.Authorization", "password token", { member: { source: "secret" } }),
};

/** `headers.add("Location", url)`; a client must not choose the name of a header either. */
const SETS_HEADER: SymbolModel = {
  call: {
    sinks: [
      { kind: "header", argument: argument(0, "key") },
      {
        kind: "redirect",
        argument: argument(1, "value"),
        when: [{ argument: argument(0, "key"), is: ["Location", "location", "LOCATION"] }],
      },
    ],
    propagates: "none",
  },
};

const structures: Record<string, SymbolModel> = {
  [MULTI]: {},
  [`${MULTI}.get`]: {
    call: { propagates: ["receiver", argument(1, "default")], converts: argument(2, "type") },
  },
  [`${MULTI}.getlist`]: { call: { propagates: ["receiver"], converts: argument(1, "type") } },
  ...each("werkzeug.datastructures", "ImmutableMultiDict CombinedMultiDict", sameType(MULTI)),
  ...each("werkzeug.datastructures.structures", "MultiDict ImmutableMultiDict", sameType(MULTI)),
  [FILES]: {},
  ...each(FILES, "__getitem__ get pop", { call: { returns: FILE, propagates: ["receiver"] } }),
  ...each(FILES, "values getlist", { call: { returns: FILE, returnsMany: true, propagates: ["receiver"] } }),
  [HEADERS]: {},
  [`${HEADERS}.get`]: {
    call: { propagates: ["receiver", argument(1, "default")], converts: argument(2, "type") },
  },
  [`${HEADERS}.getlist`]: { call: { propagates: ["receiver"], converts: argument(1, "type") } },
  ...each(HEADERS, "add add_header set setdefault __setitem__", SETS_HEADER),
  "werkzeug.datastructures.EnvironHeaders": sameType(HEADERS),
  [FILE]: {},
  ...each(FILE, "filename name content_type mimetype mimetype_params headers stream", {
    member: { source: "upload" },
  }),
  [`${FILE}.content_length`]: { member: {} },
  [`${FILE}.read`]: {
    call: { source: "upload", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each(FILE, "readline readlines getvalue", { call: { source: "upload", propagates: "none" } }),
  [`${FILE}.save`]: {
    call: { sinks: [{ kind: "path", argument: argument(0, "dst") }], propagates: "none" },
  },
  [`${FILE}.close`]: { call: { releases: "receiver", propagates: "none" } },
};

const PATH_OR_FILE: readonly SinkModel[] = [
  { kind: "path", argument: argument(0, "path_or_file") },
  { kind: "path", argument: keyword("filename_or_fp") },
];

const JOINS: SymbolModel = { call: { propagates: ["any"], sanitizes: ["path"] } };
const ABORTS: SymbolModel = {
  call: {
    sinks: answer(argument(1, "description")),
    propagates: "none",
    neverReturns: true,
  },
};
const COMPARES: SymbolModel = { call: { propagates: "none", decides: "signature" } };

const tools: Record<string, SymbolModel> = {
  "werkzeug.utils.secure_filename": {
    call: { propagates: [argument(0, "filename")], sanitizes: ["path", "shell", "header"] },
  },
  "werkzeug.secure_filename": { alias: "werkzeug.utils.secure_filename" },
  "werkzeug.utils.redirect": {
    call: {
      sinks: [{ kind: "redirect", argument: argument(0, "location") }],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "werkzeug.redirect": { alias: "werkzeug.utils.redirect" },
  "werkzeug.utils.send_file": { call: { sinks: PATH_OR_FILE, returns: RESPONSE, propagates: "none" } },
  "werkzeug.utils.send_from_directory": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "directory") }],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "werkzeug.utils.safe_join": JOINS,
  "werkzeug.security.safe_join": JOINS,
  "werkzeug.utils.import_string": {
    call: { sinks: [{ kind: "import", argument: argument(0, "import_name") }], propagates: "none" },
  },
  "werkzeug.import_string": { alias: "werkzeug.utils.import_string" },
  "werkzeug.utils.find_modules": {
    call: { sinks: [{ kind: "import", argument: argument(0, "import_path") }], propagates: "none" },
  },
  "werkzeug.utils.escape": { call: { propagates: [argument(0, "s")], sanitizes: ["html"] } },
  "werkzeug.escape": { alias: "werkzeug.utils.escape" },
  "werkzeug.abort": ABORTS,
  "werkzeug.exceptions.abort": ABORTS,
};

const WEAK_METHODS = [..."plain md5 sha1 sha224 sha256 sha384 sha512 pbkdf2:md5 pbkdf2:sha1".split(" ")];

const security: Record<string, SymbolModel> = {
  "werkzeug.security.generate_password_hash": {
    call: {
      propagates: "none",
      misuses: [{ kind: "weak-hash", when: [{ argument: argument(1, "method"), is: WEAK_METHODS }] }],
    },
  },
  "werkzeug.security.check_password_hash": { call: { propagates: "none", decides: "authentication" } },
  "werkzeug.security.safe_str_cmp": COMPARES,
  "werkzeug.security.gen_salt": { call: { source: "secret", propagates: "none" } },
  "werkzeug.generate_password_hash": { alias: "werkzeug.security.generate_password_hash" },
  "werkzeug.check_password_hash": { alias: "werkzeug.security.check_password_hash" },
};

const ERRORS =
  "HTTPException BadRequest Unauthorized Forbidden NotFound MethodNotAllowed NotAcceptable RequestTimeout Conflict " +
  "Gone LengthRequired PreconditionFailed RequestEntityTooLarge RequestURITooLarge UnsupportedMediaType " +
  "RequestedRangeNotSatisfiable ExpectationFailed ImATeapot UnprocessableEntity Locked PreconditionRequired " +
  "TooManyRequests UnavailableForLegalReasons InternalServerError NotImplemented BadGateway ServiceUnavailable " +
  "GatewayTimeout HTTPVersionNotSupported";

/** MethodNotAllowed(valid_methods, description) and RequestedRangeNotSatisfiable(length, units, description) differ. */
function described(name: string): SymbolModel {
  const position = name === "MethodNotAllowed" ? 1 : name === "RequestedRangeNotSatisfiable" ? 2 : 0;
  return {
    call: {
      sinks: answer(argument(position, "description")),
      returns: `werkzeug.exceptions.${name}`,
      propagates: "none",
    },
  };
}

const server: Record<string, SymbolModel> = {
  "werkzeug.serving.run_simple": {
    call: {
      propagates: "none",
      misuses: [
        { kind: "debug-mode", when: [{ argument: argument(4, "use_debugger"), is: [true] }] },
        {
          kind: "binds-all-interfaces",
          when: [{ argument: argument(0, "hostname"), is: EVERY_INTERFACE }],
        },
      ],
    },
  },
  "werkzeug.run_simple": { alias: "werkzeug.serving.run_simple" },
  "werkzeug.debug.DebuggedApplication": {
    call: { propagates: "none", misuses: [{ kind: "debug-mode" }] },
  },
};

export const werkzeug: LibraryModel = {
  library: "werkzeug",
  symbols: {
    ...request,
    ...structures,
    ...werkzeugResponses,
    ...tools,
    ...security,
    ...Object.fromEntries(ERRORS.split(" ").map((name) => [`werkzeug.exceptions.${name}`, described(name)])),
    ...server,
  },
  ducks: [
    {
      // request.files["photo"].save(…), uploaded_file.save(…)
      methods: ["save"],
      receiver: /^(files\[.*\]|(.*_)?(upload|uploaded|uploaded_?file|file_?storage))$/i,
      model: structures[`${FILE}.save`]!,
    },
  ],
};
