// Jupyter: handlers of its servers, which are Tornado's with more.
// Facts: https://jupyter-server.readthedocs.io/en/latest/api/jupyter_server.base.html,
// https://jupyter-server.readthedocs.io/en/latest/operators/security.html,
// https://jupyterhub.readthedocs.io/en/stable/reference/services.html
import { argument, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, like } from "./shorthand.js";
import { AUTHENTICATION, AUTHORIZATION, answer, CLIENT_CALL } from "./web.js";

const HANDLER = "jupyter_server.base.handlers.JupyterHandler";
const API = "jupyter_server.base.handlers.APIHandler";
const SOCKET = "tornado.websocket.WebSocketHandler";

const handlers: Record<string, SymbolModel> = {
  [HANDLER]: like("tornado.web.RequestHandler"),
  [`${HANDLER}.get_json_body`]: CLIENT_CALL,
  [API]: like(HANDLER),
  // Its answers are JSON.
  ...each(API, "write finish", does({ sinks: answer(argument(0, "chunk")) })),
  "jupyter_server.base.handlers.ExtensionHandlerMixin": like(HANDLER),
  ...each("notebook.base.handlers", "IPythonHandler JupyterHandler", like(HANDLER)),
  ...each("notebook.base.handlers", "APIHandler", like(API)),
  "IPython.html.base.handlers.IPythonHandler": like(HANDLER),
  ...each("jupyterhub", "handlers.BaseHandler handlers.base.BaseHandler", like(HANDLER)),
  "jupyterhub.apihandlers.base.APIHandler": like(API),
  ...each("jupyter_server.base", "websocket.WebSocketMixin zmqhandlers.WebSocketMixin", like(SOCKET)),
  ...each("notebook.base", "zmqhandlers.WebSocketMixin", like(SOCKET)),
};

const guards: Record<string, SymbolModel> = {
  "jupyter_server.auth.authorized": AUTHORIZATION,
  "jupyter_server.auth.decorator.authorized": AUTHORIZATION,
  "jupyterhub.scopes.needs_scope": AUTHORIZATION,
  ...each("jupyterhub.services.auth", "HubAuthenticated HubOAuthenticated", AUTHENTICATION),
  "notebook.utils.url_escape": does({ propagates: ["any"], sanitizes: ["html", "header", "log"] }),
};

export const jupyter: LibraryModel = { library: "jupyter", symbols: { ...handlers, ...guards } };
