// The client side of aiohttp. A request ends after five minutes unless told otherwise.
// Facts: https://docs.aiohttp.org/en/stable/client_reference.html
import {
  argument,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import { does, gives, is, RELEASES, SILENT, sinks, sourced, type Waits, wrong, yields } from "./shorthand.js";

const SESSION = "aiohttp.ClientSession";
const RESPONSE = "aiohttp.ClientResponse";
const SOCKET = "aiohttp.ClientWebSocketResponse";
const VERBS = "delete get head options patch post put";
const UNVERIFIED = [
  wrong("tls-unverified", is(keyword("ssl"), false)),
  wrong("tls-unverified", is(keyword("verify_ssl"), false)),
];
const WAITS: Waits = {
  on: "network",
  unlimitedWhen: [is(keyword("timeout"), null, 0)],
  suspends: true,
};

function sends(url: WrittenArgument, returns = RESPONSE): SymbolModel {
  return gives(returns, {
    sinks: sinks("url", url),
    misuses: UNVERIFIED,
    waits: WAITS,
    acquires: "response",
  });
}

export const aiohttpClient: LibraryModel = {
  library: "aiohttp (client)",
  symbols: {
    [SESSION]: gives(SESSION, { sinks: sinks("url", argument(0, "base_url")), acquires: "session" }),
    "aiohttp.client.ClientSession": { ...gives(SESSION, { acquires: "session" }), extends: [SESSION] },
    ...each(SESSION, VERBS, sends(argument(0, "url"))),
    [`${SESSION}.request`]: sends(argument(1, "url")),
    [`${SESSION}.ws_connect`]: sends(argument(0, "url"), SOCKET),
    ...each(SESSION, "close __aexit__", RELEASES),
    "aiohttp.request": sends(argument(1, "url")),
    "aiohttp.TCPConnector": gives("aiohttp.TCPConnector", { misuses: UNVERIFIED }),
    [RESPONSE]: {},
    ...each(RESPONSE, "cookies headers history reason url real_url", sourced("remote-response")),
    ...each(RESPONSE, "json read text", yields("remote-response", { unbounded: {} })),
    [`${RESPONSE}.content`]: { member: { type: "aiohttp.StreamReader" } },
    "aiohttp.StreamReader.read": yields("remote-response", { unbounded: { limit: argument(0, "n") } }),
    ...each(
      "aiohttp.StreamReader",
      "iter_any iter_chunked iter_chunks readany readexactly readline",
      yields("remote-response"),
    ),
    [`${RESPONSE}.raise_for_status`]: SILENT,
    ...each(RESPONSE, "close release __aexit__", RELEASES),
    ...each(
      SOCKET,
      "receive receive_bytes receive_json receive_str",
      yields("remote-response", { waits: { on: "network", timeout: keyword("timeout"), suspends: true } }),
    ),
    ...each(SOCKET, "send_bytes send_json send_str ping pong", SILENT),
    [`${SOCKET}.close`]: RELEASES,
    "aiohttp.ClientTimeout": does({}),
  },
};
