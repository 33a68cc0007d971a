// requests: its functions, sessions and responses.
// Facts: https://requests.readthedocs.io/en/latest/api/
import {
  argument,
  type CallModel,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import {
  gives,
  is,
  RELEASES,
  SILENT,
  sinks,
  sourced,
  text,
  VERIFY_OFF,
  type Waits,
  wrong,
  yields,
} from "./shorthand.js";

const RESPONSE = "requests.Response";
const SESSION = "requests.Session";
const WAITS: Waits = { on: "network", timeout: keyword("timeout") };

function sends(url: WrittenArgument, more: CallModel = {}): SymbolModel {
  return gives(RESPONSE, { sinks: sinks("url", url), misuses: [VERIFY_OFF], waits: WAITS, ...more });
}

const VERBS = "delete get head options patch post put";
const AT_FIRST = sends(argument(0, "url"));
const POSITIONAL = sends(argument(1, "url"), {
  misuses: [wrong("tls-unverified", is(argument(13, "verify"), false))],
  waits: { on: "network", timeout: argument(8, "timeout") },
});

const symbols: Record<string, SymbolModel> = {
  ...each("requests", VERBS, AT_FIRST),
  "requests.request": sends(argument(1, "url")),
  [SESSION]: gives(SESSION, { acquires: "session" }),
  "requests.session": gives(SESSION, { acquires: "session" }),
  "requests.sessions.Session": { ...gives(SESSION, { acquires: "session" }), extends: [SESSION] },
  "requests.sessions.session": gives(SESSION, { acquires: "session" }),
  ...each("requests.api", VERBS, AT_FIRST),
  "requests.api.request": sends(argument(1, "url")),
  ...each(SESSION, VERBS, AT_FIRST),
  [`${SESSION}.request`]: POSITIONAL,
  [`${SESSION}.send`]: sends(argument(0, "request")),
  [`${SESSION}.verify`]: { member: { misuses: [{ kind: "tls-unverified", is: [false] }] } },
  [`${SESSION}.mount`]: SILENT,
  ...each(SESSION, "close __exit__", RELEASES),
  "requests.Request": { call: { propagates: [argument(1, "url")], returns: "requests.Request" } },
  "requests.Request.prepare": { call: { propagates: ["receiver"], returns: "requests.PreparedRequest" } },
  [`${SESSION}.prepare_request`]: {
    call: { propagates: [argument(0, "request")], returns: "requests.PreparedRequest" },
  },
  [RESPONSE]: {},
  "requests.models.Response": { extends: [RESPONSE] },
  ...each(
    RESPONSE,
    "content cookies headers history links next raw reason text url",
    sourced("remote-response"),
  ),
  ...each(RESPONSE, "json iter_content iter_lines", yields("remote-response")),
  [`${RESPONSE}.raise_for_status`]: SILENT,
  ...each(RESPONSE, "close __exit__", RELEASES),
  ...each("requests.auth", "HTTPBasicAuth HTTPDigestAuth HTTPProxyAuth AuthBase", SILENT),
  ...each("requests.utils", "quote", {
    call: {
      propagates: [argument(0)],
      returns: "builtins.str",
      sanitizes: ["shell", "sql", "html", "header", "log"],
    },
  }),
  "requests.utils.unquote": { call: { propagates: [argument(0)], returns: "builtins.str", exposes: "all" } },
  "requests.utils.requote_uri": text(argument(0, "uri")),
};

export const requests: LibraryModel = { library: "requests", symbols };
