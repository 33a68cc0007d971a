// Flask extensions that answer with JSON: Flask-RESTful and its successors Flask-RESTX and -RESTPlus; Flask-CORS.
// Facts: https://flask-restful.readthedocs.io/en/latest/api.html, https://flask-restx.readthedocs.io/en/latest/api.html,
// https://flask-cors.readthedocs.io/en/latest/api.html
import {
  argument,
  type CallModel,
  type EntryModel,
  each,
  keyword,
  type LibraryModel,
  type MisuseModel,
  type SymbolModel,
} from "./model.js";
import { answer, CLIENT_CALL, CLIENT_VALUE, formerly, sameType, UNRELATED } from "./web.js";

const RESOURCE: EntryModel = { protocol: "http", parameters: "http-request", answers: ["response"] };
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

const WIDE_ORIGIN: MisuseModel = {
  kind: "cors-wildcard",
  when: [{ argument: argument(0, "origin"), is: ["*"] }],
};

/** What the three have in common, below the name of the package. */
function restful(name: string): Record<string, SymbolModel> {
  return {
    [`${name}.Resource`]: {
      extends: ["flask.views.MethodView"],
      subclassEntries: {
        methods: METHODS,
        guardAttributes: ["decorators", "method_decorators"],
        entry: RESOURCE,
      },
    },
    [`${name}.Api`]: {},
    // add_resource(Show, "/orders/<int:id>")
    [`${name}.Api.add_resource`]: {
      call: {
        propagates: "none",
        registers: {
          callback: argument(0, "resource"),
          entry: { ...RESOURCE, routeArgument: argument(1) },
        },
      },
    },
    ...each(`${name}.Api`, "resource route", { decorates: { ...RESOURCE, routeArgument: argument(0) } }),
    ...each(`${name}.Api`, "init_app url_for make_response", UNRELATED),
    [`${name}.abort`]: {
      call: {
        sinks: answer(argument(1, "message"), keyword("errors")),
        propagates: "none",
        neverReturns: true,
      },
    },
    [`${name}.marshal`]: { call: { propagates: [argument(0, "data")] } },
    [`${name}.reqparse.RequestParser`]: {},
    [`${name}.reqparse.RequestParser.parse_args`]: CLIENT_CALL,
    ...each(`${name}.reqparse.RequestParser`, "add_argument replace_argument remove_argument copy", {
      call: { returns: `${name}.reqparse.RequestParser`, propagates: "none" },
    }),
    ...each(`${name}.inputs`, "natural positive boolean date datetime_from_iso8601 datetime_from_rfc822", {
      call: { propagates: "none" },
    }),
  };
}

/** Flask-RESTX and Flask-RESTPlus alone: namespaces, and a payload of their own. */
function extended(name: string): Record<string, SymbolModel> {
  const namespace = `${name}.Namespace`;
  return {
    [namespace]: {},
    [`${namespace}.route`]: { decorates: { ...RESOURCE, routeArgument: argument(0) } },
    [`${namespace}.add_resource`]: { alias: `${name}.Api.add_resource` },
    [`${namespace}.payload`]: CLIENT_VALUE,
    [`${namespace}.parser`]: { call: { returns: `${name}.reqparse.RequestParser`, propagates: "none" } },
    [`${namespace}.abort`]: { alias: `${name}.abort` },
    [`${name}.namespace.Namespace`]: sameType(namespace),
    [`${name}.resource.Resource`]: {
      extends: [`${name}.Resource`],
      subclassEntries: {
        methods: METHODS,
        guardAttributes: ["decorators", "method_decorators"],
        entry: RESOURCE,
      },
    },
    [`${name}.Api.payload`]: CLIENT_VALUE,
    [`${name}.Api.namespace`]: { call: { returns: namespace, propagates: "none" } },
    [`${name}.Api.parser`]: { call: { returns: `${name}.reqparse.RequestParser`, propagates: "none" } },
    [`${name}.Api.abort`]: { alias: `${name}.abort` },
  };
}

const CROSS_ORIGIN: CallModel = {
  propagates: "none",
  misuses: [
    {
      // Then the origin of whoever asks is echoed.
      kind: "cors-wildcard",
      when: [
        { argument: keyword("supports_credentials"), is: [true] },
        { argument: keyword("origins"), missing: true, contains: ["*", ".*"] },
        { argument: keyword("resources"), missing: true, is: [null] },
      ],
    },
  ],
};

export const flaskRestful: LibraryModel = {
  library: "flask-restful",
  symbols: {
    ...restful("flask_restful"),
    ...formerly("flask_restful", "flask.ext.restful", restful("flask_restful")),
    ...restful("flask_restx"),
    ...restful("flask_restplus"),
    ...extended("flask_restx"),
    ...extended("flask_restplus"),
    "flask_restful.utils.cors.crossdomain": { call: { propagates: "none", misuses: [WIDE_ORIGIN] } },
    "flask_restx.cors.crossdomain": { call: { propagates: "none", misuses: [WIDE_ORIGIN] } },
    "flask_cors.CORS": { call: CROSS_ORIGIN },
    "flask_cors.cross_origin": { call: CROSS_ORIGIN },
  },
};
