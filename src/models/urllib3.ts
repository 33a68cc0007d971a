// urllib3: pools, managers and responses. Without `timeout` it waits as long as the socket does: for ever.
// Facts: https://urllib3.readthedocs.io/en/stable/reference/
import {
  argument,
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
  refersTo,
  SILENT,
  sinks,
  sourced,
  type Waits,
  wrong,
  yields,
} from "./shorthand.js";

const RESPONSE = "urllib3.response.HTTPResponse";
const MANAGER = "urllib3.PoolManager";
const POOL = "urllib3.HTTPConnectionPool";
const WAITS: Waits = { on: "network", timeout: keyword("timeout") };
const UNVERIFIED = [
  wrong("tls-unverified", is(keyword("cert_reqs"), "CERT_NONE", "NONE")),
  wrong("tls-unverified", refersTo(keyword("cert_reqs"), "ssl.CERT_NONE")),
  wrong("tls-unverified", is(keyword("assert_hostname"), false)),
];

function sends(url: WrittenArgument, isUrl: boolean): SymbolModel {
  return gives(RESPONSE, { sinks: isUrl ? sinks("url", url) : [], waits: WAITS });
}

/** `HTTPConnectionPool(host, port)`: what is asked of it goes to that host. */
function pool(): SymbolModel {
  return gives(POOL, {
    sinks: sinks("url", argument(0, "host")),
    misuses: UNVERIFIED,
    acquires: "session",
    limits: { of: "result", timeout: keyword("timeout") },
  });
}

function manager(): SymbolModel {
  return gives(MANAGER, {
    misuses: UNVERIFIED,
    acquires: "session",
    limits: { of: "result", timeout: keyword("timeout") },
  });
}

export const urllib3: LibraryModel = {
  library: "urllib3",
  symbols: {
    "urllib3.request": sends(argument(1, "url"), true),
    [MANAGER]: manager(),
    "urllib3.poolmanager.PoolManager": { ...manager(), extends: [MANAGER] },
    "urllib3.ProxyManager": {
      ...gives(MANAGER, {
        sinks: sinks("url", argument(0, "proxy_url")),
        misuses: UNVERIFIED,
        acquires: "session",
      }),
      extends: [MANAGER],
    },
    "urllib3.proxy_from_url": gives(MANAGER, { sinks: sinks("url", argument(0, "url")) }),
    ...each(
      MANAGER,
      "request request_encode_body request_encode_url urlopen",
      sends(argument(1, "url"), true),
    ),
    [`${MANAGER}.connection_from_url`]: gives(POOL, { sinks: sinks("url", argument(0, "url")) }),
    [`${MANAGER}.connection_from_host`]: gives(POOL, { sinks: sinks("url", argument(0, "host")) }),
    ...each(MANAGER, "clear __exit__", RELEASES),
    [POOL]: pool(),
    "urllib3.HTTPSConnectionPool": { ...pool(), extends: [POOL] },
    ...each("urllib3.connectionpool", "HTTPConnectionPool HTTPSConnectionPool", {
      ...pool(),
      extends: [POOL],
    }),
    "urllib3.connection_from_url": gives(POOL, {
      sinks: sinks("url", argument(0, "url")),
      misuses: UNVERIFIED,
    }),
    ...each(POOL, "request request_encode_body request_encode_url urlopen", sends(argument(1, "url"), false)),
    ...each(POOL, "close __exit__", RELEASES),
    [RESPONSE]: {},
    ...each(RESPONSE, "data headers reason url", sourced("remote-response")),
    [`${RESPONSE}.read`]: yields("remote-response", { unbounded: { limit: argument(0, "amt") } }),
    ...each(RESPONSE, "json stream getheader getheaders geturl read_chunked", yields("remote-response")),
    ...each(RESPONSE, "close release_conn drain_conn", RELEASES),
    ...each("urllib3", "Retry Timeout make_headers disable_warnings", SILENT),
  },
};
