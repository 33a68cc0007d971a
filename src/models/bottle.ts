// Bottle: the request and response of the current thread, routes, static files and its own templates.
// Facts: https://bottlepy.org/docs/dev/api.html, https://bottlepy.org/docs/dev/tutorial.html
//
// Values of headers are not sinks: control characters in them raise ValueError since 0.12.11.
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import {
  AUTHENTICATION,
  answer,
  CLIENT_CALL,
  CLIENT_VALUE,
  cookieFlags,
  EVERY_INTERFACE,
  markupBody,
  SETS_HEADER,
  sameType,
  UNRELATED,
} from "./web.js";

const REQUEST = "bottle.BaseRequest";
const RESPONSE = "bottle.BaseResponse";
const FORM = "bottle.FormsDict";
const FILES = "bottle.FilesDict";
const FILE = "bottle.FileUpload";
const APP = "bottle.Bottle";

const request: Record<string, SymbolModel> = {
  "bottle.request": { member: { type: REQUEST } },
  [REQUEST]: {},
  ...each("bottle", "Request LocalRequest", sameType(REQUEST)),
  ...each(REQUEST, "query GET forms POST params cookies", {
    member: { type: FORM, source: "http-request" },
  }),
  ...each(REQUEST, "headers json url urlparts path fullpath query_string url_args environ", CLIENT_VALUE),
  ...each(REQUEST, "auth remote_route content_type script_name", CLIENT_VALUE),
  [`${REQUEST}.body`]: { member: { type: "bottle.BodyFile", source: "http-request" } },
  // The whole body is stored before it can be read, whatever its length.
  "bottle.BodyFile.read": {
    call: { source: "http-request", propagates: "none", unbounded: { limit: argument(0, "size") } },
  },
  ...each("bottle.BodyFile", "readline readlines getvalue", CLIENT_CALL),
  ...each(REQUEST, "get_header get_cookie", {
    call: { source: "http-request", propagates: [argument(1, "default")] },
  }),
  [`${REQUEST}.files`]: { member: { type: FILES, source: "upload" } },
  [FORM]: {},
  ...each(FORM, "get getone", {
    call: { propagates: ["receiver", argument(1, "default")], converts: argument(3, "type") },
  }),
  [`${FORM}.getunicode`]: { call: { propagates: ["receiver", argument(1, "default")] } },
  [FILES]: {},
  ...each(FILES, "__getitem__ get getone", { call: { returns: FILE, propagates: ["receiver"] } }),
  ...each(FILES, "getall getlist values", {
    call: { returns: FILE, returnsMany: true, propagates: ["receiver"] },
  }),
  [FILE]: {},
  ...each(FILE, "raw_filename name file headers content_type", { member: { source: "upload" } }),
  // Letters, digits, dots, dashes and underscores of the last part of what the client sent.
  [`${FILE}.filename`]: {
    member: { source: "upload", sanitizes: ["path", "shell", "sql", "html", "header", "log"] },
  },
  [`${FILE}.content_length`]: { member: { sanitizes: "all" } },
  [`${FILE}.save`]: {
    call: { sinks: [{ kind: "path", argument: argument(0, "destination") }], propagates: "none" },
  },
};

function response(type: string): SymbolModel {
  return {
    extends: [RESPONSE],
    call: {
      sinks: [
        markupBody(
          argument(0, "body"),
          [keyword("content_type"), keyword("Content_Type")],
          [argument(2, "headers")],
        ),
        ...answer(argument(0, "body")),
      ],
      returns: type,
      propagates: "none",
    },
  };
}

const responses: Record<string, SymbolModel> = {
  "bottle.response": { member: { type: RESPONSE } },
  [RESPONSE]: {},
  ...each(RESPONSE, "set_header add_header __setitem__", SETS_HEADER),
  [`${RESPONSE}.headers`]: { member: { type: "bottle.HeaderDict" } },
  "bottle.HeaderDict": {},
  ...each("bottle.HeaderDict", "__setitem__ append replace setdefault", SETS_HEADER),
  [`${RESPONSE}.body`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.set_cookie`]: {
    call: { misuses: cookieFlags(keyword("secure"), keyword("httponly")), propagates: "none" },
  },
  [`${RESPONSE}.delete_cookie`]: UNRELATED,
  ...Object.fromEntries(
    ["Response", "LocalResponse", "HTTPResponse"].map((name) => [
      `bottle.${name}`,
      response(`bottle.${name}`),
    ]),
  ),
  // The page of an error escapes its text.
  "bottle.HTTPError": {
    extends: [RESPONSE],
    call: { sinks: answer(argument(1, "body")), returns: "bottle.HTTPError", propagates: "none" },
  },
  "bottle.redirect": {
    call: {
      sinks: [{ kind: "redirect", argument: argument(0, "url") }],
      propagates: "none",
      neverReturns: true,
    },
  },
  "bottle.abort": {
    call: { sinks: answer(argument(1, "text")), propagates: "none", neverReturns: true },
  },
  // The name stays below the directory, which is trusted.
  "bottle.static_file": {
    call: {
      sinks: [{ kind: "path", argument: argument(1, "root") }],
      returns: "bottle.HTTPResponse",
      propagates: "none",
    },
  },
};

const VIEW: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  routeArgument: argument(0, "path"),
  answers: ["html", "response"],
};

/** The methods of an application, which are functions of the module too, for its default application. */
function routes(prefix: string): Record<string, SymbolModel> {
  return {
    [`${prefix}.route`]: {
      decorates: VIEW,
      call: { propagates: "none", registers: { callback: argument(2, "callback"), entry: VIEW } },
    },
    ...each(prefix, "get post put delete patch", {
      decorates: VIEW,
      call: { propagates: "none", registers: { callback: keyword("callback"), entry: VIEW } },
    }),
    [`${prefix}.error`]: { decorates: { protocol: "http", answers: ["html", "response"] } },
    [`${prefix}.hook`]: { decorates: { protocol: "http", surrounds: true } },
    ...each(prefix, "mount install uninstall", UNRELATED),
  };
}

/** `run(app, server, host, …)`: the method of an application takes all of it by name. */
const RUNS: SymbolModel = {
  call: {
    propagates: "none",
    misuses: [
      { kind: "debug-mode", when: [{ argument: keyword("debug"), is: [true] }] },
      { kind: "binds-all-interfaces", when: [{ argument: argument(2, "host"), is: EVERY_INTERFACE }] },
    ],
  },
};

const application: Record<string, SymbolModel> = {
  [APP]: {},
  ...routes(APP),
  ...routes("bottle"),
  ...each("bottle", "default_app app", { call: { returns: APP, propagates: "none" } }),
  "bottle.auth_basic": AUTHENTICATION,
  ...each("bottle", "run", RUNS),
  ...each(APP, "run", RUNS),
  "bottle.debug": {
    call: {
      propagates: "none",
      misuses: [{ kind: "debug-mode", when: [{ argument: argument(0, "mode"), missing: true, is: [true] }] }],
    },
  },
};

/** The first argument is the name of a template, or its text. */
const RENDERS: SymbolModel = {
  call: {
    sinks: [{ kind: "template", argument: argument(0) }, ...answer("any")],
    returns: "builtins.str",
    propagates: "none",
  },
};

const templates: Record<string, SymbolModel> = {
  ...each("bottle", "template mako_template cheetah_template jinja2_template", RENDERS),
  ...Object.fromEntries(
    ["SimpleTemplate", "MakoTemplate", "CheetahTemplate", "Jinja2Template"].map((name) => [
      `bottle.${name}`,
      {
        call: {
          sinks: [
            { kind: "template", argument: argument(0, "source") },
            { kind: "path", argument: argument(1, "name") },
          ],
          returns: "bottle.SimpleTemplate",
          propagates: "none",
        },
      } satisfies SymbolModel,
    ]),
  ),
  "bottle.SimpleTemplate.render": { call: { returns: "builtins.str", propagates: "none" } },
  ...each("bottle", "html_escape html_quote", { call: { propagates: [argument(0)], sanitizes: ["html"] } }),
};

export const bottle: LibraryModel = {
  library: "bottle",
  symbols: { ...request, ...responses, ...application, ...templates },
};
