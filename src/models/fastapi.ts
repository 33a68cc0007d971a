// FastAPI: parameters of path operations and of their dependencies are the client's, converted by their annotations.
// Facts: https://fastapi.tiangolo.com/reference/, https://fastapi.tiangolo.com/tutorial/dependencies/,
// https://fastapi.tiangolo.com/tutorial/security/
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { ADDS_MIDDLEWARE, SAME, starletteRouting } from "./starlette.js";
import { PLAIN_RESPONSE, responsesIn } from "./starlette-responses.js";
import { answer, CLIENT_CALL, CLIENT_VALUE, sameType } from "./web.js";

const INJECTED = [
  "starlette.requests.Request",
  "starlette.requests.HTTPConnection",
  "starlette.websockets.WebSocket",
  "starlette.responses.Response",
  "starlette.background.BackgroundTasks",
  "fastapi.Request",
  "fastapi.requests.Request",
  "fastapi.WebSocket",
  "fastapi.websockets.WebSocket",
  "fastapi.Response",
  "fastapi.responses.Response",
  "fastapi.BackgroundTasks",
  "fastapi.security.SecurityScopes",
];

const OPERATION: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  routeArgument: argument(0, "path"),
  convertsByAnnotation: true,
  injectedBy: ["fastapi.Depends", "fastapi.Security", "fastapi.params.Depends"],
  injectedTypes: INJECTED,
  answers: ["response"],
};
const SOCKET: EntryModel = { ...OPERATION, protocol: "websocket", answers: [] };

function registers(entry: EntryModel): SymbolModel {
  return {
    call: {
      propagates: "none",
      registers: { callback: argument(1, "endpoint"), entry },
    },
  };
}

/** `dependencies=[Depends(…)]` of an application, a router or an operation guard all that is below it. */
function application(type: string): Record<string, SymbolModel> {
  return {
    ...starletteRouting(type),
    ...each(type, "get post put patch delete head options trace api_route", { decorates: OPERATION }),
    [`${type}.websocket`]: { decorates: SOCKET },
    [`${type}.add_api_route`]: registers(OPERATION),
    [`${type}.add_api_websocket_route`]: registers(SOCKET),
    [`${type}.add_middleware`]: ADDS_MIDDLEWARE,
  };
}

/** The function's own parameters are filled as those of a path operation are. */
const DEPENDS: SymbolModel = {
  call: {
    propagates: "none",
    registers: { callback: argument(0, "dependency"), entry: { ...OPERATION, answers: [], inner: true } },
  },
};

/** They hand over what the client sent; whether it is right they do not know. */
const SCHEMES =
  "OAuth2PasswordBearer OAuth2AuthorizationCodeBearer OAuth2 HTTPBearer HTTPBasic HTTPDigest APIKeyHeader APIKeyQuery " +
  "APIKeyCookie OpenIdConnect";

const security: Record<string, SymbolModel> = {
  ...Object.fromEntries(SCHEMES.split(" ").map((name) => [`fastapi.security.${name}.__call__`, CLIENT_CALL])),
  ...each("fastapi.security", SCHEMES, {}),
  "fastapi.security.HTTPBasicCredentials": {},
  "fastapi.security.HTTPBasicCredentials.username": CLIENT_VALUE,
  "fastapi.security.HTTPBasicCredentials.password": { member: { source: "secret" } },
  "fastapi.security.HTTPAuthorizationCredentials": {},
  "fastapi.security.HTTPAuthorizationCredentials.scheme": CLIENT_VALUE,
  "fastapi.security.HTTPAuthorizationCredentials.credentials": CLIENT_VALUE,
  "fastapi.security.OAuth2PasswordRequestForm": {},
  ...each("fastapi.security.OAuth2PasswordRequestForm", "username scopes client_id grant_type", CLIENT_VALUE),
  ...each("fastapi.security.OAuth2PasswordRequestForm", "password client_secret", {
    member: { source: "secret" },
  }),
  "fastapi.security.OAuth2PasswordRequestFormStrict": sameType("fastapi.security.OAuth2PasswordRequestForm"),
};

const others: Record<string, SymbolModel> = {
  ...each("fastapi", "Request", SAME.request),
  ...each("fastapi.requests", "Request", SAME.request),
  ...each("fastapi", "WebSocket", SAME.socket),
  ...each("fastapi.websockets", "WebSocket", SAME.socket),
  ...each("fastapi", "UploadFile", SAME.upload),
  ...each("fastapi.datastructures", "UploadFile", SAME.upload),
  "fastapi.Response": PLAIN_RESPONSE,
  "fastapi.responses.Response": PLAIN_RESPONSE,
  ...responsesIn("fastapi.responses"),
  ...each("fastapi", "Depends Security", DEPENDS),
  ...each("fastapi.params", "Depends Security", DEPENDS),
  "fastapi.BackgroundTasks": sameType("starlette.background.BackgroundTasks"),
  "fastapi.background.BackgroundTasks": sameType("starlette.background.BackgroundTasks"),
  "fastapi.templating.Jinja2Templates": sameType("starlette.templating.Jinja2Templates"),
  "fastapi.concurrency.run_in_threadpool": { alias: "starlette.concurrency.run_in_threadpool" },
  "fastapi.staticfiles.StaticFiles": { alias: "starlette.staticfiles.StaticFiles" },
  ...each("fastapi", "HTTPException", {
    call: { sinks: answer(argument(1, "detail")), returns: "fastapi.HTTPException", propagates: "none" },
  }),
  "fastapi.exceptions.HTTPException": { alias: "fastapi.HTTPException" },
  "fastapi.WebSocketException": {
    call: {
      sinks: answer(argument(1, "reason")),
      returns: "fastapi.WebSocketException",
      propagates: "none",
    },
  },
  // It keeps the form of the data.
  "fastapi.encoders.jsonable_encoder": { call: { propagates: [argument(0, "obj")] } },
};

export const fastapi: LibraryModel = {
  library: "fastapi",
  symbols: {
    "fastapi.FastAPI": {
      call: {
        returns: "fastapi.FastAPI",
        propagates: "none",
        misuses: [{ kind: "debug-mode", when: [{ argument: keyword("debug"), is: [true] }] }],
      },
    },
    "fastapi.applications.FastAPI": { extends: ["fastapi.FastAPI"] },
    ...application("fastapi.FastAPI"),
    "fastapi.APIRouter": {},
    "fastapi.routing.APIRouter": sameType("fastapi.APIRouter"),
    ...application("fastapi.APIRouter"),
    ...security,
    ...others,
  },
};
