// Raw WSGI and ASGI: applications that are functions of what the server hands them.
// Facts: https://peps.python.org/pep-3333/, https://asgi.readthedocs.io/en/latest/specs/www.html
import { argument, type Condition, each, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, yields } from "./shorthand.js";

const ENVIRON = "wsgi.Environ";
const INPUT = "wsgi.Input";

/** What the client wrote; the rest says who serves, or was put there by what stands in front of the application. */
const BY_CLIENT: Condition = {
  argument: argument(0),
  begins: ["HTTP_", "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "RAW_URI", "CONTENT_TYPE"],
};
const readsInput: Condition = { argument: argument(0), is: ["wsgi.input"] };
const byKey = does({
  source: "http-request",
  sourceWhen: [BY_CLIENT],
  returnsWhen: [{ when: [readsInput], type: INPUT }],
});

const wsgi: Record<string, SymbolModel> = {
  [ENVIRON]: {},
  ...each(ENVIRON, "__getitem__ get pop setdefault", byKey),
  [`${ENVIRON}.copy`]: gives(ENVIRON),
  [INPUT]: {},
  ...each(INPUT, "read readline readlines __iter__ __next__", yields("http-request")),
};

const SCOPE = "asgi.Scope";
const RECEIVE = "asgi.Receive";
const SENT_BY_CLIENT: Condition = {
  argument: argument(0),
  is: ["path", "raw_path", "query_string", "headers", "subprotocols"],
};

const asgi: Record<string, SymbolModel> = {
  [SCOPE]: {},
  ...each(SCOPE, "__getitem__ get", does({ source: "http-request", sourceWhen: [SENT_BY_CLIENT] })),
  [`${SCOPE}.copy`]: gives(SCOPE),
  [RECEIVE]: {},
  [`${RECEIVE}.__call__`]: yields("http-request"),
};

const IS_ENVIRON = /^_?env(iron(ment)?)?$/;
const IS_START = /^_?start(_resp(onse)?)?$/;

export const gateways: LibraryModel = {
  library: "gateways",
  symbols: { ...wsgi, ...asgi },
  parameters: [
    { name: IS_ENVIRON, type: ENVIRON, followedBy: [IS_START] },
    { name: /^_?scope$/, type: SCOPE, followedBy: [/^_?receive$/, /^_?send$/] },
    { name: /^_?receive$/, type: RECEIVE, followedBy: [/^_?send$/] },
  ],
};
