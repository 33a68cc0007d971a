// What Werkzeug and Flask answer with.
// Facts: https://werkzeug.palletsprojects.com/en/stable/wrappers/#response-classes
import { argument, type SymbolModel } from "./model.js";
import { answer, cookieFlags, markupBody, sameType, UNRELATED } from "./web.js";

const RESPONSE = "werkzeug.wrappers.Response";
const HEADERS = "werkzeug.datastructures.Headers";
const HTML_TYPES = ["text/html", "text/html; charset=utf-8", "application/xhtml+xml", "image/svg+xml"];

/** (response, status, headers, mimetype, content_type) */
export const werkzeugResponses: Record<string, SymbolModel> = {
  [RESPONSE]: {
    call: {
      sinks: [
        // Werkzeug's own default is text/plain.
        {
          kind: "html",
          argument: argument(0, "response"),
          form: "string",
          when: [{ argument: argument(3, "mimetype"), is: HTML_TYPES }],
        },
        {
          kind: "html",
          argument: argument(0, "response"),
          form: "string",
          when: [{ argument: argument(4, "content_type"), is: HTML_TYPES }],
        },
        ...answer(argument(0, "response")),
      ],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  [`${RESPONSE}.set_cookie`]: {
    call: {
      misuses: cookieFlags(argument(6, "secure"), argument(7, "httponly")),
      propagates: "none",
    },
  },
  [`${RESPONSE}.delete_cookie`]: UNRELATED,
  [`${RESPONSE}.set_data`]: {
    call: {
      sinks: answer(argument(0, "value")),
      propagates: "none",
    },
  },
  [`${RESPONSE}.data`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.response`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.location`]: { member: { stores: ["redirect"] } },
  [`${RESPONSE}.headers`]: { member: { type: HEADERS } },
  "werkzeug.Response": sameType(RESPONSE),
  "werkzeug.BaseResponse": sameType(RESPONSE),
  "werkzeug.wrappers.BaseResponse": sameType(RESPONSE),
  "werkzeug.wrappers.response.Response": sameType(RESPONSE),
};

/** For Flask, whose responses are HTML by default. */
export const HTML_RESPONSE: SymbolModel = {
  extends: [RESPONSE],
  call: {
    sinks: [
      markupBody(
        argument(0, "response"),
        [argument(3, "mimetype"), argument(4, "content_type")],
        [argument(2, "headers")],
      ),
      ...answer(argument(0, "response")),
    ],
    returns: "flask.Response",
    propagates: "none",
  },
};
