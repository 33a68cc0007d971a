// Flask and what it takes over from Werkzeug.
// Facts: https://flask.palletsprojects.com/en/stable/api/, https://werkzeug.palletsprojects.com/en/stable/wrappers/
import { argument, type LibraryModel, type SymbolModel } from "./model.js";

const VALUE: SymbolModel = { member: { source: "http-request" } };
const RETURNS_VALUE: SymbolModel = { call: { source: "http-request", propagates: "none" } };
const ROUTE: SymbolModel = {
  decorates: { protocol: "http", parameters: "http-request", routeArgument: argument(0, "rule") },
};

const ATTRIBUTES = [
  ..."args form values cookies headers data json stream files".split(" "),
  ..."path full_path script_root url base_url url_root root_url host query_string view_args".split(" "),
  ..."user_agent referrer authorization remote_user content_type mimetype access_route".split(" "),
];
const VERBS = ["route", "get", "post", "put", "patch", "delete"];

function routes(type: string): Record<string, SymbolModel> {
  return Object.fromEntries(VERBS.map((verb) => [`${type}.${verb}`, ROUTE]));
}

export const flask: LibraryModel = {
  library: "flask",
  symbols: {
    "flask.Flask": {},
    ...routes("flask.Flask"),
    "flask.Blueprint": {},
    ...routes("flask.Blueprint"),
    "flask.request": { member: { type: "flask.Request" } },
    "flask.Request": {},
    ...Object.fromEntries(ATTRIBUTES.map((name) => [`flask.Request.${name}`, VALUE])),
    "flask.Request.get_json": RETURNS_VALUE,
    "flask.Request.get_data": RETURNS_VALUE,
    "flask.globals.request": { alias: "flask.request" },
    "flask.escape": { alias: "markupsafe.escape" },
    "flask.abort": { call: { propagates: "none", neverReturns: true } },
    "werkzeug.utils.secure_filename": {
      call: { propagates: [argument(0)], sanitizes: ["path", "shell", "header"] },
    },
    "werkzeug.secure_filename": { alias: "werkzeug.utils.secure_filename" },
  },
};
