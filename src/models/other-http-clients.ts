// Less common HTTP clients: pycurl, httplib2, treq.
// Facts: http://pycurl.io/docs/latest/, https://httplib2.readthedocs.io/en/latest/libhttplib2.html,
// https://treq.readthedocs.io/en/release-24.9.0/api.html
import {
  argument,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import {
  does,
  gives,
  is,
  RELEASES,
  refersTo,
  sinks,
  sourced,
  type Waits,
  wrong,
  yields,
} from "./shorthand.js";

/** `pycurl.NAME`, or the same constant read off a handle. */
function option(...names: readonly string[]) {
  return refersTo(argument(0), ...names.flatMap((name) => [`pycurl.${name}`, `pycurl.Curl.${name}`]));
}

const curl: Record<string, SymbolModel> = {
  "pycurl.Curl": gives("pycurl.Curl", { acquires: "connection" }),
  "pycurl.Curl.setopt": does({
    sinks: [{ kind: "url", argument: argument(1), when: [option("URL")] }],
    misuses: [wrong("tls-unverified", option("SSL_VERIFYPEER", "SSL_VERIFYHOST"), is(argument(1), 0, false))],
  }),
  "pycurl.Curl.perform": does({ waits: { on: "network", unlimitedWhen: [] } }),
  "pycurl.Curl.perform_rb": yields("remote-response", { waits: { on: "network", unlimitedWhen: [] } }),
  "pycurl.Curl.perform_rs": yields("remote-response", { waits: { on: "network", unlimitedWhen: [] } }),
  "pycurl.Curl.close": RELEASES,
};

const http2: Record<string, SymbolModel> = {
  "httplib2.Http": gives("httplib2.Http", {
    misuses: [wrong("tls-unverified", is(argument(4, "disable_ssl_certificate_validation"), true))],
    limits: { of: "result", timeout: argument(1, "timeout") },
  }),
  "httplib2.Http.request": yields("remote-response", {
    sinks: sinks("url", argument(0, "uri")),
    waits: { on: "network", unlimitedWhen: [] },
  }),
  "httplib2.Http.disable_ssl_certificate_validation": {
    member: { misuses: [{ kind: "tls-unverified", is: [true] }] },
  },
};

const VERBS = "delete get head options patch post put";
const TREQ_WAITS: Waits = { on: "network", timeout: keyword("timeout"), suspends: true };

function fetches(url: WrittenArgument): SymbolModel {
  return gives("treq.response._Response", { sinks: sinks("url", url), waits: TREQ_WAITS });
}

const treq: Record<string, SymbolModel> = {
  ...each("treq", VERBS, fetches(argument(0, "url"))),
  "treq.request": fetches(argument(1, "url")),
  ...each("treq.client.HTTPClient", VERBS, fetches(argument(0, "url"))),
  "treq.client.HTTPClient.request": fetches(argument(1, "url")),
  ...each("treq", "collect content json_content text_content", yields("remote-response")),
  "treq.response._Response": {},
  ...each("treq.response._Response", "content json text", yields("remote-response")),
  "treq.response._Response.headers": sourced("remote-response"),
};

export const otherHttpClients: LibraryModel = {
  library: "other HTTP clients",
  symbols: { ...curl, ...http2, ...treq },
};
