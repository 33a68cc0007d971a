// Template engines other than Jinja2: Mako, Chameleon, Genshi, and small ones. Their template source is code.
// Facts: https://docs.makotemplates.org/en/latest/usage.html, https://chameleon.readthedocs.io/en/latest/reference.html,
// https://genshi.edgewall.org/wiki/Documentation/templates.html, https://bottlepy.org/docs/dev/stpl.html
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, missing, named } from "./shapes.js";

const RENDERS: SymbolModel = { call: { propagates: ["any", "receiver"] } };
const RENDERS_ESCAPED: SymbolModel = { call: { propagates: ["any", "receiver"], sanitizes: ["html"] } };

const FILTERS = keyword("default_filters");
const MAKO_TEMPLATE = "mako.template.Template";
const MAKO_LOOKUP = "mako.lookup.TemplateLookup";
/** Mako escapes nothing unless `default_filters` has "h". */
const mako: Record<string, SymbolModel> = {
  [MAKO_TEMPLATE]: {
    call: {
      sinks: [
        { kind: "template", argument: argument(0, "text") },
        { kind: "path", argument: argument(1, "filename") },
      ],
      propagates: "none",
      returns: MAKO_TEMPLATE,
      misuses: [{ kind: "autoescape-off", when: [missing(FILTERS)] }],
    },
  },
  ...each(MAKO_TEMPLATE, "render render_unicode", RENDERS),
  [`${MAKO_TEMPLATE}.get_def`]: gives(MAKO_TEMPLATE),
  [MAKO_LOOKUP]: gives(MAKO_LOOKUP, { misuses: [{ kind: "autoescape-off", when: [missing(FILTERS)] }] }),
  [`${MAKO_LOOKUP}.get_template`]: gives(MAKO_TEMPLATE),
  [`${MAKO_LOOKUP}.put_string`]: {
    call: { sinks: [{ kind: "template", argument: argument(1, "text") }], propagates: "none" },
  },
};

const PAGE = "chameleon.PageTemplate";
const SOURCE: SymbolModel = gives(PAGE, { sinks: [{ kind: "template", argument: argument(0, "body") }] });
const FILE: SymbolModel = gives(PAGE, { sinks: [{ kind: "path", argument: argument(0, "filename") }] });
/** Escapes by default, and runs Python expressions. */
const chameleon: Record<string, SymbolModel> = {
  [PAGE]: SOURCE,
  "chameleon.zpt.template.PageTemplate": SOURCE,
  ...named(["chameleon.PageTemplateFile", "chameleon.zpt.template.PageTemplateFile"], FILE),
  ...each(PAGE, "render __call__", RENDERS_ESCAPED),
  "chameleon.PageTextTemplate": gives("chameleon.PageTextTemplate", {
    sinks: [{ kind: "template", argument: argument(0, "body") }],
  }),
  ...each("chameleon.PageTextTemplate", "render __call__", RENDERS),
};

const STREAM = "genshi.core.Stream";
const MARKUP_TEMPLATE = "genshi.template.MarkupTemplate";
const TEXT_TEMPLATE = "genshi.template.TextTemplate";
function genshiTemplate(type: string): SymbolModel {
  return gives(type, { sinks: [{ kind: "template", argument: argument(0, "source") }] });
}
const genshi: Record<string, SymbolModel> = {
  ...named([MARKUP_TEMPLATE, "genshi.template.markup.MarkupTemplate"], genshiTemplate(MARKUP_TEMPLATE)),
  ...named(
    [
      TEXT_TEMPLATE,
      "genshi.template.OldTextTemplate",
      "genshi.template.NewTextTemplate",
      "genshi.template.text.NewTextTemplate",
    ],
    genshiTemplate(TEXT_TEMPLATE),
  ),
  [`${MARKUP_TEMPLATE}.generate`]: {
    call: { propagates: ["any", "receiver"], sanitizes: ["html"], returns: STREAM },
  },
  [`${TEXT_TEMPLATE}.generate`]: { call: { propagates: ["any", "receiver"], returns: STREAM } },
  [STREAM]: {},
  ...each(STREAM, "render serialize", { call: { propagates: ["receiver"] } }),
  // Said to be markup already.
  ...named(["genshi.Markup", "genshi.core.Markup"], {
    call: { sinks: [{ kind: "html", argument: argument(0) }], propagates: [argument(0)] },
  }),
  ...named(["genshi.escape", "genshi.core.escape"], {
    call: { propagates: [argument(0)], sanitizes: ["html"] },
  }),
};

const small: Record<string, SymbolModel> = {
  // pystache and chevron have no code in templates, but {{{ }}} is not escaped.
  ...named(["chevron.render", "pystache.render"], {
    call: {
      sinks: [{ kind: "template", argument: argument(0, "template") }],
      propagates: ["any"],
      sanitizes: ["html"],
    },
  }),
  "airspeed.Template": {
    call: { sinks: [{ kind: "template", argument: argument(0, "content") }], propagates: "none" },
  },
  "Cheetah.Template.Template": {
    call: {
      sinks: [{ kind: "template", argument: argument(0, "source") }],
      propagates: "none",
      returns: "Cheetah.Template.Template",
    },
  },
  "trender.TRender": {
    call: { sinks: [{ kind: "template", argument: argument(0, "template") }], propagates: "none" },
  },
};

export const templates: LibraryModel = {
  library: "templates",
  symbols: { ...mako, ...chameleon, ...genshi, ...small },
};
