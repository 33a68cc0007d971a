// How clients reach Django code: URL patterns, class-based views, middleware, and the decorators of views.
// Facts: https://docs.djangoproject.com/en/stable/ref/urls/, /ref/class-based-views/, /topics/http/middleware/,
// /ref/csrf/, /topics/http/decorators/
import { argument, type EntryModel, each, type SymbolModel } from "../model.js";
import { CLIENT_VALUE, sameType, UNRELATED } from "../web.js";
import { REQUEST } from "./request.js";
import { REQUEST_FIRST } from "./responses.js";

const VIEW: EntryModel = {
  protocol: "http",
  parameters: "http-request",
  types: REQUEST_FIRST,
  routeArgument: argument(0, "route"),
};

function registers(routeName: string): SymbolModel {
  return {
    call: {
      propagates: "none",
      registers: {
        callback: argument(1, "view"),
        entry: { ...VIEW, routeArgument: argument(0, routeName) },
      },
    },
  };
}

const urls: Record<string, SymbolModel> = {
  "django.urls.path": registers("route"),
  "django.urls.re_path": registers("route"),
  "django.urls.conf.path": registers("route"),
  "django.urls.conf.re_path": registers("route"),
  "django.conf.urls.url": registers("regex"),
  "django.conf.urls.defaults.url": registers("regex"),
  ...each("django.urls", "include resolve", UNRELATED),
};

const BASE = "django.views.generic.base.View";
const METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

const DISPLAY =
  "TemplateView RedirectView DetailView ListView ArchiveIndexView YearArchiveView MonthArchiveView WeekArchiveView " +
  "DayArchiveView TodayArchiveView DateDetailView";
const EDITING = "FormView CreateView UpdateView DeleteView";
const MIXINS =
  "base.ContextMixin base.TemplateResponseMixin detail.SingleObjectMixin list.MultipleObjectMixin edit.FormMixin " +
  "edit.ModelFormMixin edit.ProcessFormView edit.DeletionMixin detail.BaseDetailView list.BaseListView " +
  "edit.BaseFormView edit.BaseCreateView edit.BaseUpdateView edit.BaseDeleteView";

/** A generic view calls these with what the client sent; the form holds it. */
const FORM_STEPS: SymbolModel = {
  extends: [BASE],
  subclassEntries: {
    methods: ["form_valid", "form_invalid"],
    entry: {
      protocol: "http",
      inner: true,
      types: { 0: "django.forms.BaseForm", form: "django.forms.BaseForm" },
    },
  },
};

const views: Record<string, SymbolModel> = {
  [BASE]: {
    subclassEntries: { methods: METHODS, hooks: ["setup", "dispatch"], entry: VIEW },
  },
  [`${BASE}.request`]: { member: { type: REQUEST } },
  [`${BASE}.kwargs`]: CLIENT_VALUE,
  [`${BASE}.args`]: CLIENT_VALUE,
  ...each(BASE, "get_object get_queryset", { call: { source: "database", propagates: "none" } }),
  "django.views.View": sameType(BASE),
  "django.views.generic.View": sameType(BASE),
  ...each("django.views.generic", `${DISPLAY} ${MIXINS}`, sameType(BASE)),
  ...each("django.views.generic", EDITING, FORM_STEPS),
  ...each("django.views.generic.base", "TemplateView RedirectView", sameType(BASE)),
  "django.views.generic.detail.DetailView": sameType(BASE),
  "django.views.generic.list.ListView": sameType(BASE),
  ...each("django.views.generic.edit", EDITING, FORM_STEPS),
};

const middleware: Record<string, SymbolModel> = {
  "django.utils.deprecation.MiddlewareMixin": {
    subclassEntries: {
      methods: ["process_request", "process_view", "__call__"],
      entry: { protocol: "http", types: REQUEST_FIRST, surrounds: true },
    },
  },
};

/** Functions that views are wrapped in and that change nothing of what goes in. */
const WRAPPERS =
  "cache.never_cache cache.cache_page cache.cache_control gzip.gzip_page vary.vary_on_headers vary.vary_on_cookie " +
  "clickjacking.xframe_options_deny clickjacking.xframe_options_sameorigin http.require_GET http.require_POST " +
  "http.require_safe http.require_http_methods http.condition http.etag http.last_modified csrf.ensure_csrf_cookie";

const decorators: Record<string, SymbolModel> = {
  ...each("django.views.decorators", WRAPPERS, { call: { propagates: [argument(0)] } }),
  "django.views.decorators.csrf.csrf_exempt": {
    call: { propagates: [argument(0, "view_func")], misuses: [{ kind: "csrf-exempt" }] },
  },
  "django.views.decorators.csrf.csrf_protect": { guards: "csrf" },
  "django.views.decorators.csrf.requires_csrf_token": { call: { propagates: [argument(0)] } },
  "django.utils.decorators.method_decorator": { call: { propagates: [argument(0, "decorator")] } },
  "django.views.static.serve": {
    call: {
      // The path is made safe; the root is trusted.
      sinks: [{ kind: "path", argument: argument(2, "document_root") }],
      returns: "django.http.HttpResponse",
      propagates: "none",
    },
  },
};

export const viewSymbols: Record<string, SymbolModel> = { ...urls, ...views, ...middleware, ...decorators };
