// httpx: functions, clients (also asynchronous) and responses. Every request ends after five seconds unless told otherwise.
// Facts: https://www.python-httpx.org/api/
import {
  argument,
  type CallModel,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import { gives, is, RELEASES, SILENT, sinks, sourced, VERIFY_OFF, type Waits, yields } from "./shorthand.js";

const RESPONSE = "httpx.Response";
const CLIENT = "httpx.Client";
const ASYNC_CLIENT = "httpx.AsyncClient";
const VERBS = "delete get head options patch post put";

function waits(suspends: boolean): Waits {
  return { on: "network", unlimitedWhen: [is(keyword("timeout"), null)], suspends };
}

function sends(url: WrittenArgument, suspends = false, more: CallModel = {}): SymbolModel {
  return gives(RESPONSE, { sinks: sinks("url", url), waits: waits(suspends), ...more });
}

function client(type: string, suspends: boolean): Record<string, SymbolModel> {
  return {
    [type]: gives(type, {
      sinks: sinks("url", keyword("base_url")),
      misuses: [VERIFY_OFF],
      acquires: "session",
    }),
    ...each(type, VERBS, sends(argument(0, "url"), suspends)),
    [`${type}.request`]: sends(argument(1, "url"), suspends),
    [`${type}.stream`]: sends(argument(1, "url"), suspends, { acquires: "response" }),
    [`${type}.send`]: sends(argument(0, "request"), suspends, { waits: { on: "network", suspends } }),
    [`${type}.build_request`]: { call: { propagates: [argument(1, "url")], returns: "httpx.Request" } },
    ...each(type, "aclose close __aexit__ __exit__", RELEASES),
  };
}

export const httpx: LibraryModel = {
  library: "httpx",
  symbols: {
    ...each("httpx", VERBS, sends(argument(0, "url"), false, { misuses: [VERIFY_OFF] })),
    "httpx.request": sends(argument(1, "url"), false, { misuses: [VERIFY_OFF] }),
    "httpx.stream": sends(argument(1, "url"), false, { misuses: [VERIFY_OFF], acquires: "response" }),
    "httpx.Request": { call: { propagates: [argument(1, "url")], returns: "httpx.Request" } },
    "httpx.URL": { call: { propagates: [argument(0, "url")], returns: "httpx.URL" } },
    ...client(CLIENT, false),
    ...client(ASYNC_CLIENT, true),
    "httpx.HTTPTransport": gives("httpx.HTTPTransport", { misuses: [VERIFY_OFF] }),
    "httpx.AsyncHTTPTransport": gives("httpx.AsyncHTTPTransport", { misuses: [VERIFY_OFF] }),
    [RESPONSE]: {},
    ...each(
      RESPONSE,
      "content cookies headers history links reason_phrase text url",
      sourced("remote-response"),
    ),
    ...each(RESPONSE, "aread iter_bytes iter_lines iter_raw iter_text json read", yields("remote-response")),
    ...each(RESPONSE, "aiter_bytes aiter_lines aiter_raw aiter_text", yields("remote-response")),
    [`${RESPONSE}.raise_for_status`]: SILENT,
    ...each(RESPONSE, "aclose close __aexit__ __exit__", RELEASES),
  },
};
