// Jinja2: template source is code; what is rendered is escaped only where the environment was told to.
// Facts: https://jinja.palletsprojects.com/en/stable/api/, https://jinja.palletsprojects.com/en/stable/sandbox/
import { argument, type Condition, each, type LibraryModel, type SymbolModel } from "./model.js";
import { gives, likeType, missing, named } from "./shapes.js";

const ENVIRONMENT = "jinja2.Environment";
const RAW_ENVIRONMENT = "jinja2.Environment without escaping";
const TEMPLATE = "jinja2.Template";
const RAW_TEMPLATE = "jinja2.Template without escaping";

/** Position among the parameters of Environment; Template has the source before them. */
function unescaped(position: number): readonly (readonly Condition[])[] {
  const autoescape = argument(position, "autoescape");
  return [[missing(autoescape)], [{ argument: autoescape, is: [false] }]];
}

function environment(type: string, template: string): Record<string, SymbolModel> {
  return {
    ...each(type, "from_string compile", {
      call: {
        sinks: [{ kind: "template", argument: argument(0, "source") }],
        propagates: "none",
        returns: template,
      },
    }),
    [`${type}.compile_expression`]: {
      call: {
        sinks: [{ kind: "template", argument: argument(0, "source") }],
        propagates: "none",
        returns: `${type}.expression`,
      },
    },
    ...each(type, "get_template select_template get_or_select_template", gives(template)),
    [`${type}.overlay`]: gives(type),
  };
}

const OFF = unescaped(16).map((when) => ({ kind: "autoescape-off" as const, when }));
const NEW_ENVIRONMENT: SymbolModel = {
  call: {
    propagates: "none",
    returns: ENVIRONMENT,
    returnsWhen: unescaped(16).map((when) => ({ when, type: RAW_ENVIRONMENT })),
    misuses: OFF,
  },
};
/** The source may come from anybody there: that is what it is for. */
const SANDBOX = "jinja2.sandbox.SandboxedEnvironment";

/** With escaping off, what goes in comes out. */
const RENDERS: SymbolModel = { call: { propagates: ["any", "receiver"] } };
const RENDERS_ESCAPED: SymbolModel = { call: { propagates: ["any", "receiver"], sanitizes: ["html"] } };

export const jinja2: LibraryModel = {
  library: "jinja2",
  symbols: {
    [ENVIRONMENT]: NEW_ENVIRONMENT,
    ...named(["jinja2.environment.Environment", "jinja2.nativetypes.NativeEnvironment"], NEW_ENVIRONMENT),
    ...environment(ENVIRONMENT, TEMPLATE),
    [RAW_ENVIRONMENT]: likeType(ENVIRONMENT),
    ...environment(RAW_ENVIRONMENT, RAW_TEMPLATE),
    [SANDBOX]: gives(SANDBOX, { misuses: OFF }),
    "jinja2.sandbox.ImmutableSandboxedEnvironment": gives(SANDBOX, { misuses: OFF }),
    ...each(SANDBOX, "from_string get_template select_template", gives(TEMPLATE)),
    // Without an environment nothing is escaped, unless it says so itself.
    [TEMPLATE]: {
      call: {
        sinks: [{ kind: "template", argument: argument(0, "source") }],
        propagates: "none",
        returns: TEMPLATE,
        returnsWhen: unescaped(17).map((when) => ({ when, type: RAW_TEMPLATE })),
        misuses: unescaped(17).map((when) => ({ kind: "autoescape-off", when })),
      },
    },
    "jinja2.environment.Template": { alias: TEMPLATE },
    ...each(TEMPLATE, "render render_async generate generate_async stream", RENDERS_ESCAPED),
    [RAW_TEMPLATE]: {},
    ...each(RAW_TEMPLATE, "render render_async generate generate_async stream", RENDERS),
    ...named(
      ["jinja2.select_autoescape", "jinja2.utils.select_autoescape"],
      gives("jinja2.select_autoescape()"),
    ),
    // Until 3.1.
    ...named(["jinja2.escape", "jinja2.utils.escape"], { alias: "markupsafe.escape" }),
    ...named(["jinja2.Markup", "jinja2.utils.Markup"], { alias: "markupsafe.Markup" }),
    ...each("jinja2", "FileSystemLoader PackageLoader DictLoader ChoiceLoader FunctionLoader", {
      call: { propagates: "none" },
    }),
  },
};
