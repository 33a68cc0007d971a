// Flask: its application, what it adds to Werkzeug's request and response, and how views are registered.
// Facts: https://flask.palletsprojects.com/en/stable/api/, https://flask.palletsprojects.com/en/stable/config/
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, EVERY_INTERFACE, sameType, UNRELATED, wrongSettings } from "./web.js";
import { HTML_RESPONSE } from "./werkzeug-responses.js";

const RESPONSE = "flask.Response";

const VIEW: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  routeArgument: argument(0, "rule"),
  answers: ["html", "response"],
};
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

/** Runs before the views, without parameters from the client; what it returns is the answer. */
const BEFORE: SymbolModel = {
  decorates: { protocol: "http", surrounds: true, answers: ["html", "response"] },
};
const HANDLES_ERROR: SymbolModel = { decorates: { protocol: "http", answers: ["html", "response"] } };

/** Applications and blueprints share these. */
function scaffold(type: string): Record<string, SymbolModel> {
  return {
    [type]: {},
    ...each(type, "route get post put patch delete", { decorates: VIEW }),
    [`${type}.endpoint`]: { decorates: { ...VIEW, routeArgument: keyword("rule") } },
    [`${type}.add_url_rule`]: {
      call: { propagates: "none", registers: { callback: argument(2, "view_func"), entry: VIEW } },
    },
    ...each(type, "before_request before_first_request url_value_preprocessor", BEFORE),
    ...each(type, "errorhandler", HANDLES_ERROR),
    [`${type}.register_error_handler`]: {
      call: {
        propagates: "none",
        registers: { callback: argument(1, "f"), entry: HANDLES_ERROR.decorates! },
      },
    },
    ...each(type, "open_resource", {
      call: {
        sinks: [{ kind: "path", argument: argument(0, "resource") }],
        returns: "io.BufferedReader",
        acquires: "file",
        propagates: "none",
      },
    }),
    // safe_join is inside.
    [`${type}.send_static_file`]: { call: { returns: RESPONSE, propagates: "none" } },
    [`${type}.register_blueprint`]: UNRELATED,
  };
}

const WRONG = wrongSettings([
  ["DEBUG", true, "debug-mode"],
  ["SESSION_COOKIE_SECURE", false, "insecure-cookie"],
  ["SESSION_COOKIE_HTTPONLY", false, "insecure-cookie"],
  ["REMEMBER_COOKIE_SECURE", false, "insecure-cookie"],
  ["REMEMBER_COOKIE_HTTPONLY", false, "insecure-cookie"],
  ["JWT_COOKIE_SECURE", false, "insecure-cookie"],
  ["JWT_COOKIE_CSRF_PROTECT", false, "csrf-exempt"],
  ["WTF_CSRF_ENABLED", false, "csrf-exempt"],
  ["WTF_CSRF_CHECK_DEFAULT", false, "csrf-exempt"],
  ["CSRF_ENABLED", false, "csrf-exempt"],
]);

const application: Record<string, SymbolModel> = {
  ...scaffold("flask.Flask"),
  ...scaffold("flask.Blueprint"),
  ...each(
    "flask.Blueprint",
    "before_app_request before_app_first_request app_url_value_preprocessor",
    BEFORE,
  ),
  "flask.Blueprint.app_errorhandler": HANDLES_ERROR,
  "flask.Flask.open_instance_resource": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "resource") }],
      returns: "io.BufferedReader",
      acquires: "file",
      propagates: "none",
    },
  },
  "flask.Flask.run": {
    call: {
      propagates: "none",
      misuses: [
        { kind: "debug-mode", when: [{ argument: argument(2, "debug"), is: [true] }] },
        { kind: "binds-all-interfaces", when: [{ argument: argument(0, "host"), is: EVERY_INTERFACE }] },
      ],
    },
  },
  "flask.Flask.config": { member: { type: "flask.Config" } },
  "flask.Flask.secret_key": { member: { source: "secret" } },
  "flask.Flask.make_response": { alias: "flask.make_response" },
  "flask.Flask.redirect": { alias: "flask.redirect" },
  "flask.Flask.url_for": { alias: "flask.url_for" },
  "flask.current_app": { member: { type: "flask.Flask" } },
  "flask.globals.current_app": { member: { type: "flask.Flask" } },
  "flask.app.Flask": sameType("flask.Flask"),
  "flask.blueprints.Blueprint": sameType("flask.Blueprint"),
  "flask.Config": {},
  "flask.config.Config": sameType("flask.Config"),
  // It runs the file as Python.
  "flask.Config.from_pyfile": {
    call: { sinks: [{ kind: "path", argument: argument(0, "filename") }], propagates: "none" },
  },
  "flask.Config.from_file": {
    call: { sinks: [{ kind: "path", argument: argument(0, "filename") }], propagates: "none" },
  },
  "flask.Config.from_json": {
    call: { sinks: [{ kind: "path", argument: argument(0, "filename") }], propagates: "none" },
  },
  "flask.Config.from_object": {
    call: { sinks: [{ kind: "import", argument: argument(0, "obj"), form: "string" }], propagates: "none" },
  },
  ...each("flask.Config", "from_mapping update", { call: { propagates: "none", misuses: WRONG.update } }),
  "flask.Config.__setitem__": { call: { propagates: "none", misuses: WRONG.set } },
};

const views: Record<string, SymbolModel> = {
  "flask.views.View": {
    subclassEntries: {
      methods: ["dispatch_request"],
      guardAttributes: ["decorators"],
      entry: { protocol: "http", parameters: "http-request", answers: ["html", "response"] },
    },
  },
  "flask.views.MethodView": {
    extends: ["flask.views.View"],
    subclassEntries: {
      methods: METHODS,
      guardAttributes: ["decorators"],
      entry: { protocol: "http", parameters: "http-request", answers: ["html", "response"] },
    },
  },
};

const request: Record<string, SymbolModel> = {
  "flask.request": { member: { type: "flask.Request" } },
  "flask.globals.request": { alias: "flask.request" },
  "flask.Request": { extends: ["werkzeug.wrappers.Request"] },
  "flask.wrappers.Request": sameType("flask.Request"),
  "flask.Request.is_xhr": { member: {} },
  // The browser holds it, signed and not encrypted: it cannot be forged, but it can be read.
  "flask.session": { member: { type: "flask.sessions.SecureCookieSession" } },
  "flask.globals.session": { alias: "flask.session" },
  "flask.sessions.SecureCookieSession": {},
  "flask.sessions.SecureCookieSession.__setitem__": {
    call: { sinks: answer(argument(1)), propagates: "none" },
  },
};

const RENDERS: SymbolModel = {
  call: { sinks: answer("any"), returns: "builtins.str", propagates: "none" },
};
const RENDERS_TEXT: SymbolModel = {
  call: {
    sinks: [{ kind: "template", argument: argument(0, "source") }, ...answer("any")],
    returns: "builtins.str",
    propagates: "none",
  },
};

const response: Record<string, SymbolModel> = {
  [RESPONSE]: HTML_RESPONSE,
  "flask.wrappers.Response": HTML_RESPONSE,
  "flask.make_response": {
    call: {
      sinks: [
        {
          kind: "html",
          argument: argument(0),
          form: "string",
          when: [
            { argument: argument(1), missing: true, is: [200] },
            { argument: argument(2), missing: true, is: [null] },
          ],
        },
        ...answer(argument(0)),
      ],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "flask.helpers.make_response": { alias: "flask.make_response" },
  "flask.jsonify": {
    call: { sinks: [{ kind: "response", argument: "any" }], returns: RESPONSE, propagates: "none" },
  },
  "flask.json.jsonify": { alias: "flask.jsonify" },
  "flask.json.dumps": { call: { propagates: [argument(0, "obj")] } },
  "flask.json.loads": { call: { propagates: [argument(0, "s")] } },
  "flask.json.htmlsafe_dumps": { call: { propagates: [argument(0, "obj")], sanitizes: ["html"] } },
  "flask.redirect": {
    call: {
      sinks: [{ kind: "redirect", argument: argument(0, "location") }],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "flask.helpers.redirect": { alias: "flask.redirect" },
  "flask.abort": {
    call: { sinks: answer(argument(1, "description")), propagates: "none", neverReturns: true },
  },
  "flask.helpers.abort": { alias: "flask.abort" },
  "flask.flash": { call: { sinks: answer(argument(0, "message")), propagates: "none" } },
  "flask.get_flashed_messages": UNRELATED,
  // Values are percent-encoded, and the host is the server's own.
  "flask.url_for": {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
  },
  "flask.helpers.url_for": { alias: "flask.url_for" },
  "flask.stream_with_context": { call: { propagates: [argument(0)] } },
};

const templates: Record<string, SymbolModel> = {
  ...each("flask", "render_template stream_template", RENDERS),
  ...each("flask.templating", "render_template stream_template", RENDERS),
  ...each("flask", "render_template_string stream_template_string", RENDERS_TEXT),
  ...each("flask.templating", "render_template_string stream_template_string", RENDERS_TEXT),
};

const files: Record<string, SymbolModel> = {
  "flask.send_file": {
    call: {
      sinks: [
        { kind: "path", argument: argument(0, "path_or_file") },
        { kind: "path", argument: keyword("filename_or_fp") },
      ],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "flask.helpers.send_file": { alias: "flask.send_file" },
  // The name is joined with safe_join; the directory is trusted.
  "flask.send_from_directory": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "directory") }],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "flask.helpers.send_from_directory": { alias: "flask.send_from_directory" },
  "flask.safe_join": { call: { propagates: ["any"], sanitizes: ["path"] } },
  "flask.helpers.safe_join": { alias: "flask.safe_join" },
};

export const flask: LibraryModel = {
  library: "flask",
  symbols: {
    ...application,
    ...views,
    ...request,
    ...response,
    ...templates,
    ...files,
    "flask.escape": { alias: "markupsafe.escape" },
    "flask.Markup": { alias: "markupsafe.Markup" },
  },
};
