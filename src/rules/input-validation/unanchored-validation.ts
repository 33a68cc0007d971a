// Checks that a text begins well, where all of it is used.

import type { Matching } from "../../analysis/regex/matching.js";
import { type Place, spanOf, textOf } from "../../analysis/values/place.js";
import { allTaints } from "../../analysis/values/value.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Block } from "../../flow/cfg.js";
import { runsBesideProduct } from "../beside-product.js";
import { callAt } from "../edits.js";
import type { Confidence, Edit, Finding } from "../finding.js";
import { hasPublicName } from "../public-code.js";
import type { Rule } from "../rule.js";
import { sourceOf } from "../surroundings.js";

/** An allow-list of characters at the end, any number of them, and nothing that says that the text ends there. */
const OPEN_END = /(?:\[[^\]^][^\]]*\]|\\[wd])(?:[*+]|\{\d+,?\d*\})\)?$/;

const CHECKS = /(^|[._])(is_?valid|valid|validate|check|verify|sanitize|clean|ensure|allowed|is_safe)/i;

function looksWhole({ pattern, anchors, flags }: Matching): boolean {
  return anchors === "start" && !flags.has("x") && OPEN_END.test(pattern) && !/\(\?[=!<]/.test(pattern);
}

/** The text is taken apart with the match, so that its end is another part's matter. */
function takesApart({ body }: Matching): boolean {
  return /\.(group|groups|groupdict|end|start|span|lastindex)\b|\bmatch\[/.test(sourceOf(body));
}

/** Does the body refuse the text where the match fails: raise, or answer False? */
function refuses(world: World, { body, result }: Matching): boolean {
  const { blocks, definitions } = world.cfg(body);
  const decides = (value: number): "match" | "none" | undefined => {
    if (value === result) return "match";
    const definition = definitions[value];
    if (definition?.op === "call" && definition.arguments.some((given) => given.value === result))
      return /^bool\(/.test(textOf({ syntax: body.module.syntax, node: definition.node }))
        ? "match"
        : undefined;
    if (definition?.op !== "compare" || definition.left !== result) return undefined;
    return definition.operator === "is" ? "none" : definition.operator === "is not" ? "match" : undefined;
  };
  return blocks.some(({ terminator }) => {
    if (terminator.kind === "return" && terminator.value !== undefined)
      return decides(terminator.value) !== undefined && CHECKS.test(body.name);
    if (terminator.kind !== "branch") return false;
    const decided = decides(terminator.condition);
    if (!decided) return false;
    const failing = decided === "match" ? terminator.whenFalse : terminator.whenTrue;
    return endsBadly(world, body, blocks[failing]);
  });
}

function endsBadly(world: World, body: Matching["body"], block: Block | undefined): boolean {
  if (block?.terminator.kind === "raise") return true;
  if (block?.terminator.kind !== "return" || block.terminator.value === undefined)
    return refusesByCall(block);
  const given = world.cfg(body).definitions[block.terminator.value];
  return given?.op === "constant" && given.value === false;
}

/** `abort(400)` */
function refusesByCall(block: Block | undefined): boolean {
  return block?.instructions.some(({ op, node }) => op === "call" && isAbort(node)) ?? false;
}

function isAbort(node: Block["instructions"][number]["node"]): boolean {
  if (node.kind !== "call") return false;
  const { callee } = node;
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name.id : "";
  return /^(abort|fail|error|exit)$/.test(name);
}

function confidenceOf({ text, body }: Matching): Confidence | undefined {
  const origins = allTaints(text?.value ?? { taints: [], refs: [], fields: new Map(), prefix: "" });
  if (origins.some(({ origin }) => origin.kind === "source" && origin.source === "http-request"))
    return "medium";
  if (origins.some(({ origin }) => origin.kind === "source")) return "low";
  return CHECKS.test(body.name) || hasPublicName(body) ? "low" : undefined;
}

/** `re.match(…)` becomes `re.fullmatch(…)`. */
function fixOf({ call }: Matching): Edit | undefined {
  const callee = callAt(call)?.callee;
  if (callee?.kind !== "attribute" || callee.name.id !== "match") return undefined;
  const { start, end } = callee.name;
  return { path: call.syntax.path, start, end, replacement: "fullmatch" };
}

function finding(matching: Matching, confidence: Confidence, text: Place): Finding {
  const { call, body, pattern } = matching;
  const subject = code(textOf(text, 40));
  const edit = fixOf(matching);
  return {
    ruleId: "unanchored-validation",
    message: `This check looks only at how ${subject} begins.`,
    help: "Use `fullmatch`, or end the pattern with `\\Z`.",
    where: body.name,
    severity: "medium",
    confidence,
    evidence: [
      {
        role: "sink",
        span: spanOf(call),
        side: "head",
        note: `anything may follow what ${code(pattern)} matches`,
      },
    ],
    identity: [pattern, textOf(text, 80)],
    ...(edit ? { fix: edit } : {}),
  };
}

export const unanchoredValidation: Rule = {
  id: "unanchored-validation",
  family: "input-validation",
  cwe: "CWE-777",
  title: "Validation that ignores the end",
  check: ({ world, roots }) =>
    roots
      .flatMap((root) => world.interpretation(root).matchings)
      .flatMap((matching) => {
        const { text, body } = matching;
        if (!text || runsBesideProduct(body.module)) return [];
        if (!looksWhole(matching) || takesApart(matching) || !refuses(world, matching)) return [];
        const confidence = confidenceOf(matching);
        return confidence ? [finding(matching, confidence, text.place)] : [];
      }),
  docs: {
    what: "A text is validated with `re.match` and a pattern that does not say where the text ends.",
    why: "`re.match` is content when the text begins well. `[a-z]+` accepts `a; rm -rf /` and `a/../../etc/passwd`: whatever follows the first good characters passes unseen.",
    bad: `import re

from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/users")
def users():
    name = request.args["name"]
    if not re.match(r"[a-z0-9_-]+", name):
        abort(400)
    return {"length": len(name)}
`,
    good: `import re

from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/users")
def users():
    name = request.args["name"]
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        abort(400)
    return {"length": len(name)}
`,
    decides:
      "It looks for `match` with a pattern that ends in an open list of allowed characters, where the program refuses the text when it does not match. Data of a client: medium; a parameter: in the summary.",
    silent:
      "Patterns with an end (`$`, `\\Z`); prefixes that end in fixed text; matches whose groups are used; `fullmatch`; tests and examples.",
    relatives: { codeql: ["py/incomplete-hostname-regexp"] },
  },
};
