// What a Django view answers: responses, shortcuts, redirects and templates.
// Facts: https://docs.djangoproject.com/en/stable/ref/request-response/#httpresponse-objects,
// /topics/http/shortcuts/, /ref/template-response/, /ref/templates/api/
//
// Header and cookie values are not sinks: a newline in them raises BadHeaderError, and cookie values are quoted.
import { argument, each, keyword, type SinkModel, type SymbolModel } from "../model.js";
import { answer, cookieFlags, markupBody, sameType, UNRELATED } from "../web.js";
import { REQUEST } from "./request.js";

const RESPONSE = "django.http.HttpResponse";

function response(sinks: readonly SinkModel[]): SymbolModel {
  return { extends: [RESPONSE], call: { sinks, returns: RESPONSE, propagates: "none" } };
}

const BODY: readonly SinkModel[] = [
  markupBody(
    argument(0, "content"),
    [argument(1, "content_type"), keyword("mimetype")],
    [keyword("headers")],
  ),
  ...answer(argument(0, "content")),
];
const STREAM: readonly SinkModel[] = [
  markupBody(
    argument(0, "streaming_content"),
    [argument(1, "content_type"), keyword("mimetype")],
    [keyword("headers")],
  ),
  ...answer(argument(0, "streaming_content")),
];
const LOCATION: readonly SinkModel[] = [{ kind: "redirect", argument: argument(0, "redirect_to") }];

const KINDS: Record<string, SymbolModel> = {
  ...Object.fromEntries(
    "HttpResponseBadRequest HttpResponseNotFound HttpResponseForbidden HttpResponseGone HttpResponseServerError"
      .split(" ")
      .map((name) => [name, response(BODY)]),
  ),
  HttpResponseNotAllowed: response(answer(argument(1, "content"))),
  HttpResponseRedirect: response(LOCATION),
  HttpResponsePermanentRedirect: response(LOCATION),
  HttpResponseNotModified: response([]),
  StreamingHttpResponse: response(STREAM),
  FileResponse: response(answer(argument(0, "streaming_content"))),
  JsonResponse: response(answer(argument(0, "data"))),
};

const responses: Record<string, SymbolModel> = {
  [RESPONSE]: { call: { sinks: BODY, returns: RESPONSE, propagates: "none" } },
  "django.http.response.HttpResponse": response(BODY),
  ...Object.fromEntries(
    Object.entries(KINDS).flatMap(([name, model]) => [
      [`django.http.${name}`, model],
      [`django.http.response.${name}`, model],
    ]),
  ),
  ...each(RESPONSE, "write writelines", {
    call: { sinks: answer(argument(0, "content")), propagates: "none" },
  }),
  [`${RESPONSE}.content`]: { member: { stores: ["response"] } },
  [`${RESPONSE}.streaming_content`]: { member: { stores: ["response"] } },
  // response["Location"] = url
  ...each(RESPONSE, "__setitem__ setdefault", {
    call: {
      sinks: [
        { kind: "header", argument: argument(0, "header") },
        {
          kind: "redirect",
          argument: argument(1, "value"),
          when: [{ argument: argument(0, "header"), is: ["Location", "location"] }],
        },
      ],
      propagates: "none",
    },
  }),
  [`${RESPONSE}.set_cookie`]: {
    call: { misuses: cookieFlags(argument(6, "secure"), argument(7, "httponly")), propagates: "none" },
  },
  [`${RESPONSE}.set_signed_cookie`]: {
    call: { misuses: cookieFlags(keyword("secure"), keyword("httponly")), propagates: "none" },
  },
  [`${RESPONSE}.delete_cookie`]: UNRELATED,
  // Debug pages show the message of Http404; production pages do not.
  "django.http.Http404": { call: { propagates: "none", returns: "django.http.Http404" } },
  "django.http.response.Http404": sameType("django.http.Http404"),
};

const CONTEXT: SymbolModel = {
  call: {
    sinks: answer(argument(2, "context"), keyword("dictionary")),
    returns: RESPONSE,
    propagates: "none",
  },
};

const shortcuts: Record<string, SymbolModel> = {
  "django.shortcuts.render": CONTEXT,
  "django.shortcuts.render_to_response": {
    call: {
      sinks: answer(argument(1, "context"), keyword("dictionary")),
      returns: RESPONSE,
      propagates: "none",
    },
  },
  // A view name or model is looked up first; any other text with a slash or a dot is taken for the URL.
  "django.shortcuts.redirect": {
    call: {
      sinks: [{ kind: "redirect", argument: argument(0, "to") }],
      returns: RESPONSE,
      propagates: "none",
    },
  },
  "django.shortcuts.resolve_url": { call: { propagates: [argument(0, "to")] } },
  "django.shortcuts.get_object_or_404": { call: { source: "database", propagates: "none" } },
  "django.shortcuts.get_list_or_404": { call: { source: "database", propagates: "none" } },
  ...each("django.shortcuts", "aget_object_or_404 aget_list_or_404", {
    call: { source: "database", propagates: "none" },
  }),
  // Values are percent-encoded, and the path is the server's own.
  "django.urls.reverse": {
    call: { propagates: ["any"], sanitizes: ["redirect", "url", "html", "header", "log"] },
  },
  "django.urls.reverse_lazy": { alias: "django.urls.reverse" },
  "django.core.urlresolvers.reverse": { alias: "django.urls.reverse" },
  "django.core.urlresolvers.reverse_lazy": { alias: "django.urls.reverse" },
};

const TEMPLATE = "django.template.Template";
const BACKEND = "django.template.backends.django.Template";

const SOURCE_TEXT: SymbolModel = {
  call: {
    sinks: [{ kind: "template", argument: argument(0, "template_string") }],
    returns: TEMPLATE,
    propagates: "none",
  },
};
const FROM_STRING: SymbolModel = {
  call: {
    sinks: [{ kind: "template", argument: argument(0, "template_code") }],
    returns: TEMPLATE,
    propagates: "none",
  },
};
const RENDERS: SymbolModel = {
  call: { sinks: answer(argument(0, "context")), returns: "builtins.str", propagates: "none" },
};
const GETS: SymbolModel = { call: { returns: BACKEND, propagates: "none" } };
const UNESCAPED: SymbolModel = {
  call: {
    returns: "django.template.Context",
    misuses: [{ kind: "autoescape-off", when: [{ argument: argument(1, "autoescape"), is: [false] }] }],
  },
};

const templates: Record<string, SymbolModel> = {
  [TEMPLATE]: SOURCE_TEXT,
  "django.template.base.Template": { ...SOURCE_TEXT, extends: [TEMPLATE] },
  [`${TEMPLATE}.render`]: RENDERS,
  [BACKEND]: {},
  [`${BACKEND}.render`]: RENDERS,
  "django.template.Context": UNESCAPED,
  "django.template.context.Context": UNESCAPED,
  "django.template.Engine": {
    call: {
      returns: "django.template.Engine",
      propagates: "none",
      misuses: [{ kind: "autoescape-off", when: [{ argument: keyword("autoescape"), is: [false] }] }],
    },
  },
  "django.template.engine.Engine": sameType("django.template.Engine"),
  "django.template.Engine.from_string": FROM_STRING,
  "django.template.engines": {},
  "django.template.loader.get_template": GETS,
  "django.template.loader.select_template": GETS,
  // The result is escaped; it goes into mails as often as into answers.
  "django.template.loader.render_to_string": { call: { returns: "builtins.str", propagates: "none" } },
  "django.template.response.TemplateResponse": response(answer(argument(2, "context"))),
  "django.template.response.SimpleTemplateResponse": response(answer(argument(1, "context"))),
};

export const responseSymbols: Record<string, SymbolModel> = {
  ...responses,
  ...shortcuts,
  ...templates,
};

/** For entry points. */
export const REQUEST_FIRST: Readonly<Record<string, string>> = { 0: REQUEST, request: REQUEST };
