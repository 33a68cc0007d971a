// What Starlette and FastAPI answer with.
// Facts: https://www.starlette.io/responses/, https://www.starlette.io/templates/, https://www.starlette.io/staticfiles/
import { argument, each, keyword, type SymbolModel } from "./model.js";
import { answer, cookieFlags, UNRELATED } from "./web.js";

const HEADERS = "starlette.datastructures.MutableHeaders";
const RESPONSE = "starlette.responses.Response";

const TYPES = ["text/html", "text/html; charset=utf-8", "application/xhtml+xml", "image/svg+xml"];

function response(name: string, sinks: NonNullable<SymbolModel["call"]>["sinks"]): SymbolModel {
  return {
    extends: [RESPONSE],
    call: { sinks: sinks ?? [], returns: `starlette.responses.${name}`, propagates: "none" },
  };
}

const CONTENT = argument(0, "content");
/** Without a media type there is none. */
const AS_TYPED: NonNullable<SymbolModel["call"]>["sinks"] = [
  { kind: "html", argument: CONTENT, when: [{ argument: argument(3, "media_type"), is: TYPES }] },
  ...answer(CONTENT),
];
const AS_HTML: NonNullable<SymbolModel["call"]>["sinks"] = [
  {
    kind: "html",
    argument: CONTENT,
    when: [{ argument: argument(3, "media_type"), missing: true, is: [null, ...TYPES] }],
  },
  ...answer(CONTENT),
];

const KINDS: Readonly<Record<string, SymbolModel>> = {
  HTMLResponse: response("HTMLResponse", AS_HTML),
  PlainTextResponse: response("PlainTextResponse", answer(CONTENT)),
  JSONResponse: response("JSONResponse", answer(CONTENT)),
  ORJSONResponse: response("JSONResponse", answer(CONTENT)),
  UJSONResponse: response("JSONResponse", answer(CONTENT)),
  StreamingResponse: response("StreamingResponse", AS_TYPED),
  RedirectResponse: response("RedirectResponse", [{ kind: "redirect", argument: argument(0, "url") }]),
  FileResponse: response("FileResponse", [{ kind: "path", argument: argument(0, "path") }]),
};

/** Every response class, where `place` has it too. */
export function responsesIn(place: string): Record<string, SymbolModel> {
  return Object.fromEntries(Object.entries(KINDS).map(([name, model]) => [`${place}.${name}`, model]));
}

/** What `Response(…)` does, for its other names. */
export const PLAIN_RESPONSE: SymbolModel = response("Response", AS_TYPED);

export const starletteResponses: Record<string, SymbolModel> = {
  [RESPONSE]: { call: PLAIN_RESPONSE.call! },
  ...responsesIn("starlette.responses"),
  [`${RESPONSE}.headers`]: { member: { type: HEADERS } },
  [`${RESPONSE}.body`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.set_cookie`]: {
    call: { misuses: cookieFlags(argument(6, "secure"), argument(7, "httponly")), propagates: "none" },
  },
  [`${RESPONSE}.delete_cookie`]: UNRELATED,
  [HEADERS]: {},
  ...each(HEADERS, "__setitem__ append setdefault", {
    call: {
      sinks: [
        { kind: "header", argument: argument(0, "key") },
        {
          kind: "redirect",
          argument: argument(1, "value"),
          when: [{ argument: argument(0, "key"), is: ["Location", "location"] }],
        },
      ],
      propagates: "none",
    },
  }),
  "starlette.exceptions.HTTPException": {
    call: {
      sinks: answer(argument(1, "detail")),
      returns: "starlette.exceptions.HTTPException",
      propagates: "none",
    },
  },
  "starlette.templating.Jinja2Templates": {},
  // (request, name, context, …) and, before, (name, context, …)
  "starlette.templating.Jinja2Templates.TemplateResponse": {
    call: { sinks: answer("any"), returns: "starlette.responses.HTMLResponse", propagates: "none" },
  },
  "starlette.staticfiles.StaticFiles": {
    call: {
      sinks: [{ kind: "path", argument: keyword("directory") }],
      returns: "starlette.staticfiles.StaticFiles",
      propagates: "none",
    },
  },
};
