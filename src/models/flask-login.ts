// Flask extensions that know who the client is: Flask-Login, -JWT-Extended, -HTTPAuth, -Security and -Principal.
// Facts: https://flask-login.readthedocs.io/en/latest/, https://flask-jwt-extended.readthedocs.io/en/stable/api.html,
// https://flask-httpauth.readthedocs.io/en/latest/, https://flask-security-too.readthedocs.io/en/stable/api.html,
// https://pythonhosted.org/Flask-Principal/
import { argument, type Condition, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { AUTHENTICATION, AUTHORIZATION, formerly, sameType, UNRELATED } from "./web.js";

const DECIDES: SymbolModel = { call: { propagates: "none", decides: "authentication" } };
/** It makes something that lets its holder in. */
const SECRET: SymbolModel = { call: { source: "secret", propagates: "none" } };
const USER: SymbolModel = { member: { type: "flask_login.UserMixin" } };

const login: Record<string, SymbolModel> = {
  ...each("flask_login", "login_required fresh_login_required", AUTHENTICATION),
  ...each("flask_login.utils", "login_required fresh_login_required", AUTHENTICATION),
  "flask_login.current_user": USER,
  "flask_login.utils.current_user": USER,
  "flask_login.UserMixin": {},
  ...each("flask_login.UserMixin", "is_authenticated is_active", {
    ...UNRELATED,
    member: {},
    guards: "authentication",
  }),
  "flask_login.UserMixin.is_anonymous": { ...UNRELATED, member: {}, guards: "authentication" },
  "flask_login.mixins.UserMixin": sameType("flask_login.UserMixin"),
  ...each("flask_login", "login_user logout_user confirm_login login_fresh login_remembered", UNRELATED),
  "flask_login.encode_cookie": SECRET,
  "flask_login.decode_cookie": { call: { propagates: [argument(0, "cookie")], decides: "signature" } },
  "flask_login.login_url": { call: { propagates: ["any"], sanitizes: ["redirect"] } },
  "flask_login.LoginManager": {},
  // Callbacks that Flask-Login calls with what the client's cookie or headers say.
  "flask_login.LoginManager.request_loader": {
    decorates: { protocol: "http", surrounds: true, types: { 0: "flask.Request" } },
  },
  "flask_login.LoginManager.header_loader": {
    decorates: { protocol: "http", surrounds: true, parameters: "http-request" },
  },
  "flask_login.LoginManager.unauthorized": UNRELATED,
};

const REQUIRED: readonly Condition[] = [{ argument: argument(0, "optional"), missing: true, is: [false] }];

const jwt: Record<string, SymbolModel> = {
  "flask_jwt_extended.jwt_required": { guards: "authentication", guardsWhen: REQUIRED },
  "flask_jwt_extended.verify_jwt_in_request": {
    call: { propagates: "none", decides: "authentication" },
    guards: "authentication",
    guardsWhen: REQUIRED,
  },
  "flask_jwt_extended.view_decorators.jwt_required": { alias: "flask_jwt_extended.jwt_required" },
  "flask_jwt_extended.view_decorators.verify_jwt_in_request": {
    alias: "flask_jwt_extended.verify_jwt_in_request",
  },
  // Before version 4.
  ...each("flask_jwt_extended", "fresh_jwt_required jwt_refresh_token_required", AUTHENTICATION),
  ...each("flask_jwt_extended", "verify_fresh_jwt_in_request verify_jwt_refresh_token_in_request", {
    call: { propagates: "none", decides: "authentication" },
    guards: "authentication",
  }),
  // The server signed what is in them.
  ...each(
    "flask_jwt_extended",
    "get_jwt get_jwt_identity get_jwt_header get_raw_jwt get_jwt_claims get_current_user get_jwt_request_location",
    UNRELATED,
  ),
  ...each("flask_jwt_extended", "create_access_token create_refresh_token get_csrf_token", SECRET),
  "flask_jwt_extended.decode_token": {
    call: {
      propagates: "none",
      decides: "signature",
    },
  },
  "flask_jwt_extended.get_jti": { call: { propagates: "none", decides: "signature" } },
  "flask_jwt_extended.get_unverified_jwt_headers": { call: { propagates: [argument(0, "encoded_token")] } },
  ...each(
    "flask_jwt_extended",
    "set_access_cookies set_refresh_cookies unset_jwt_cookies unset_access_cookies unset_refresh_cookies",
    UNRELATED,
  ),
};

const GUARDED: SymbolModel = {
  guards: "authentication",
  guardsWhen: [{ argument: keyword("optional"), missing: true, is: [false, null] }],
};
const AUTH = "flask_httpauth.HTTPAuth";
const BASIC = "HTTPBasicAuth HTTPDigestAuth HTTPTokenAuth";

const httpAuth: Record<string, SymbolModel> = {
  [AUTH]: {},
  ...each("flask_httpauth", BASIC, sameType(AUTH)),
  "flask_httpauth.MultiAuth": {},
  ...each(AUTH, "login_required", GUARDED),
  "flask_httpauth.MultiAuth.login_required": GUARDED,
  // The callback is called with the user name and password, or the token, of the request.
  ...each(AUTH, "verify_password verify_token get_password hash_password", {
    decorates: { protocol: "http", surrounds: true, parameters: "http-request" },
  }),
};

const security: Record<string, SymbolModel> = {
  ...each(
    "flask_security",
    "login_required auth_required auth_token_required http_auth_required",
    AUTHENTICATION,
  ),
  ...each(
    "flask_security.decorators",
    "login_required auth_required auth_token_required http_auth_required",
    AUTHENTICATION,
  ),
  ...each(
    "flask_security",
    "roles_required roles_accepted permissions_required permissions_accepted",
    AUTHORIZATION,
  ),
  ...each(
    "flask_security.decorators",
    "roles_required roles_accepted permissions_required permissions_accepted",
    AUTHORIZATION,
  ),
  "flask_security.handle_csrf": { call: { propagates: "none", decides: "csrf" }, guards: "csrf" },
  "flask_security.unauth_csrf": { guards: "csrf" },
  "flask_security.current_user": USER,
  "flask_security.UserMixin": { extends: ["flask_login.UserMixin"] },
  "flask_security.core.UserMixin": sameType("flask_security.UserMixin"),
  ...each("flask_security.UserMixin", "has_role has_permission", {
    call: { propagates: "none", decides: "authorization" },
    guards: "authorization",
  }),
  "flask_security.UserMixin.verify_and_update_password": DECIDES,
  "flask_security.UserMixin.get_auth_token": SECRET,
  ...each("flask_security", "verify_password verify_and_update_password", DECIDES),
  ...each("flask_security.utils", "verify_password verify_and_update_password", DECIDES),
  ...each("flask_security", "hash_password login_user logout_user", UNRELATED),
  ...each("flask_security.utils", "hash_password encrypt_password login_user logout_user", UNRELATED),
  "flask_security.check_and_get_token_status": {
    call: { propagates: "none", decides: "signature" },
  },
};

const principal: Record<string, SymbolModel> = {
  "flask_principal.Permission": {},
  ...each("flask_principal.Permission", "require test", AUTHORIZATION),
  "flask_principal.Permission.can": {
    call: { propagates: "none", decides: "authorization" },
    guards: "authorization",
  },
};

export const flaskLogin: LibraryModel = {
  library: "flask-login",
  symbols: {
    ...login,
    ...formerly("flask_login", "flask.ext.login", login),
    ...jwt,
    ...httpAuth,
    ...security,
    ...principal,
  },
};
