// Pyramid: views and their configuration, what it adds to WebOb's request, its responses and its permissions.
// Facts: https://docs.pylonsproject.org/projects/pyramid/en/latest/api/view.html, /request.html, /response.html,
// /httpexceptions.html, /config.html
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { answer, CLIENT_VALUE, sameType, UNRELATED } from "./web.js";
import { webobExceptions, webobResponse } from "./webob.js";

const REQUEST = "pyramid.request.Request";
const RESPONSE = "pyramid.response.Response";

const request: Record<string, SymbolModel> = {
  [REQUEST]: { extends: ["webob.Request"] },
  ...each(REQUEST, "matchdict subpath traversed view_name virtual_root_path", CLIENT_VALUE),
  [`${REQUEST}.response`]: { member: { type: RESPONSE } },
  ...each(REQUEST, "route_url route_path current_route_url current_route_path resource_url resource_path", {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
  }),
  ...each(REQUEST, "static_url static_path", UNRELATED),
  [`${REQUEST}.has_permission`]: { call: { propagates: "none", decides: "authorization" } },
  "pyramid.threadlocal.get_current_request": { call: { returns: REQUEST, propagates: "none" } },
};

const responses: Record<string, SymbolModel> = {
  [RESPONSE]: webobResponse(RESPONSE),
  "pyramid.response.FileResponse": {
    extends: ["webob.Response"],
    call: {
      sinks: [{ kind: "path", argument: argument(0, "path") }],
      returns: "pyramid.response.FileResponse",
      propagates: "none",
    },
  },
  ...webobExceptions("pyramid.httpexceptions", 0),
  "pyramid.httpexceptions.exception_response": {
    call: {
      sinks: [{ kind: "redirect", argument: keyword("location") }, ...answer(keyword("detail"))],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "pyramid.renderers.render": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "renderer_name") }],
      returns: "builtins.str",
      propagates: "none",
    },
  },
  "pyramid.renderers.render_to_response": {
    call: {
      sinks: [{ kind: "path", argument: argument(0, "renderer_name") }, ...answer(argument(1, "value"))],
      returns: RESPONSE,
      propagates: "none",
    },
  },
};

/** A view takes the request, or its context before it; what it returns goes through its renderer. */
const VIEW: EntryModel = { protocol: "http", types: { request: REQUEST }, answers: ["response"] };

const WITHOUT_CSRF = {
  kind: "csrf-exempt",
  when: [{ argument: keyword("require_csrf"), is: [false] }],
} as const;

const configuration: Record<string, SymbolModel> = {
  "pyramid.view.view_config": {
    decorates: VIEW,
    guards: "authorization",
    guardsWhen: [{ argument: keyword("permission"), not: [null, "", "__no_permission_required__"] }],
    call: { propagates: "none", misuses: [WITHOUT_CSRF] },
  },
  ...each("pyramid.view", "forbidden_view_config notfound_view_config exception_view_config", {
    decorates: VIEW,
  }),
  "pyramid.config.Configurator": {},
  "pyramid.config.Configurator.add_view": {
    call: {
      propagates: "none",
      registers: { callback: argument(0, "view"), entry: VIEW },
      misuses: [WITHOUT_CSRF],
    },
  },
  ...each("pyramid.config.Configurator", "add_forbidden_view add_notfound_view add_exception_view", {
    call: { propagates: "none", registers: { callback: argument(0, "view"), entry: VIEW } },
  }),
  "pyramid.config.Configurator.add_static_view": {
    call: { sinks: [{ kind: "path", argument: argument(1, "path") }], propagates: "none" },
  },
  "pyramid.config.Configurator.set_default_csrf_options": {
    call: {
      propagates: "none",
      misuses: [{ kind: "csrf-exempt", when: [{ argument: argument(0, "require_csrf"), is: [false] }] }],
    },
  },
  ...each("pyramid.config.Configurator", "add_route include scan", UNRELATED),
  ...each("pyramid.security", "remember forget", UNRELATED),
};

export const pyramid: LibraryModel = {
  library: "pyramid",
  symbols: { ...request, ...responses, ...configuration, "pyramid.request.IRequest": sameType(REQUEST) },
  parameters: [{ name: /^request$/, type: REQUEST, whenImporting: "pyramid" }],
};
