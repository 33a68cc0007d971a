// Flask-AppBuilder: views and REST resources whose methods are exposed one by one, and guarded one by one.
// Facts: https://flask-appbuilder.readthedocs.io/en/latest/api.html, /rest_api.html, /security.html
import { argument, type EntryModel, each, type LibraryModel, type SymbolModel } from "./model.js";
import { AUTHORIZATION, answer, sameType } from "./web.js";

const VIEW: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  routeArgument: argument(0, "url"),
  answers: ["html", "response"],
};
const RESOURCE: EntryModel = { ...VIEW, answers: ["response"] };
const BASE = "flask_appbuilder.baseviews.BaseView";
const API = "flask_appbuilder.api.BaseApi";
const MANAGER = "flask_appbuilder.security.manager.BaseSecurityManager";

const FAILS: SymbolModel = {
  call: { sinks: answer(argument(0, "message")), returns: "flask.Response", propagates: "none" },
};
const DECIDES: SymbolModel = {
  call: { propagates: "none", decides: "authorization" },
  guards: "authorization",
};

export const flaskAppbuilder: LibraryModel = {
  library: "flask-appbuilder",
  symbols: {
    "flask_appbuilder.expose": { decorates: VIEW },
    "flask_appbuilder.baseviews.expose": { decorates: VIEW },
    "flask_appbuilder.baseviews.expose_api": {
      decorates: { ...RESOURCE, routeArgument: argument(1, "url") },
    },
    "flask_appbuilder.api.expose": { decorates: RESOURCE },
    "flask_appbuilder.has_access": AUTHORIZATION,
    ...each("flask_appbuilder.security.decorators", "has_access has_access_api protect", AUTHORIZATION),
    [BASE]: {},
    [`${BASE}.render_template`]: {
      call: { sinks: answer("any"), returns: "builtins.str", propagates: "none" },
    },
    [`${BASE}.get_redirect`]: { call: { propagates: "none" } },
    ...each("flask_appbuilder", "BaseView IndexView ModelView MasterDetailView MultipleView", sameType(BASE)),
    ...each("flask_appbuilder", "CompactCRUDMixin SimpleFormView PublicFormView", sameType(BASE)),
    ...each("flask_appbuilder.views", "IndexView ModelView MasterDetailView MultipleView", sameType(BASE)),
    ...each("flask_appbuilder.views", "SimpleFormView PublicFormView CompactCRUDMixin", sameType(BASE)),
    [API]: {},
    [`${API}.response`]: {
      call: { sinks: [{ kind: "response", argument: "any" }], returns: "flask.Response", propagates: "none" },
    },
    ...each(API, "response_400 response_422 response_500", FAILS),
    "flask_appbuilder.api.ModelRestApi": sameType(API),
    "flask_appbuilder.ModelRestApi": sameType(API),
    [MANAGER]: {},
    [`${MANAGER}.has_access`]: DECIDES,
    ...each(MANAGER, "auth_user_db auth_user_ldap auth_user_oid auth_user_remote_user auth_user_oauth", {
      call: { propagates: "none", decides: "authentication" },
    }),
    "flask_appbuilder.security.sqla.manager.SecurityManager": sameType(MANAGER),
    "flask_appbuilder.filemanager.get_file_original_name": { call: { propagates: [argument(0, "name")] } },
  },
  ducks: [
    {
      // self.appbuilder.sm.has_access("can_edit", "Chart")
      methods: ["has_access"],
      receiver: /^(sm|security_manager)$/,
      model: DECIDES,
    },
  ],
  settings: [{ name: "WTF_CSRF_ENABLED", is: [false], misuse: "csrf-exempt" }],
};
