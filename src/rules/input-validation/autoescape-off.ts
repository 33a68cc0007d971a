// HTML templates that are rendered without escaping.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf } from "../surroundings.js";

/** The program renders HTML with it, as its own text says. */
function rendersHtml({ body, call }: Misuse): boolean {
  const names =
    /["'][^"'\n]*\.(html?|xhtml|jinja-html)(\.(j2|jinja2?))?["']|text\/html|<html|<body|<div|<p>/i;
  return names.test(sourceOf(body)) || (body.kind !== "function" && names.test(call.syntax.text));
}

export const autoescapeOff = misuseRule({
  id: "autoescape-off",
  family: "input-validation",
  cwe: "CWE-79",
  title: "HTML without automatic escaping",
  severity: "medium",
  kinds: ["autoescape-off"],
  message: (what) => `${what} renders HTML templates without escaping.`,
  note: "leaves automatic escaping off",
  help: "Pass `autoescape=True` (or `select_autoescape()`).",
  judge: (misuse) => (rendersHtml(misuse) && !isSwitched(misuse.body, misuse.call) ? "medium" : undefined),
  docs: {
    what: "A template engine renders HTML with automatic escaping off.",
    why: "Every value that a template forgets to escape becomes markup: a name with a `<script>` in it runs in the browser of whoever reads the page.",
    bad: `import jinja2


def render_page(entries):
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"))
    return environment.get_template("page.html").render(entries=entries)
`,
    good: `import jinja2


def render_page(entries):
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader("templates"), autoescape=True)
    return environment.get_template("page.html").render(entries=entries)
`,
    decides:
      "It looks at how template environments are made (Jinja2 and Mako escape nothing by default) where the same code names HTML templates or contains HTML.",
    silent: "Templates of other formats: configuration, code, plain mail; tests and examples.",
    relatives: {
      bandit: ["B701", "B702"],
      ruff: ["S701", "S702"],
      codeql: ["py/jinja2/autoescape-false"],
      semgrep: [
        "incorrect-autoescape-disabled",
        "missing-autoescape-disabled",
        "direct-use-of-jinja2",
        "mako-templates-detected",
      ],
    },
  },
});
