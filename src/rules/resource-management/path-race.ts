// Between the look whether a path is there and what is done with it, somebody else makes or removes it.
import type { FunctionBody } from "../../analysis/body.js";
import { statementsOf } from "../../analysis/handlers/handlers.js";
import { code } from "../../base/markdown.js";
import type { Call, If, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { lossRule } from "../loss-rule.js";
import { proof } from "../proof.js";
import type { Rule } from "../rule.js";
import { pathTo, sourceOf } from "../surroundings.js";

const LOOKS = /\b(exists|isdir|isfile|lexists|is_dir|is_file)\(/;
const ACTS = /^(makedirs|mkdir|remove|unlink|rmdir|rmtree|rename|symlink|link)$/;
const READY = /\b(exist_ok|missing_ok|ignore_errors)\s*=/;

interface PathRace {
  readonly body: FunctionBody;
  readonly look: If;
  readonly act: Call;
}

function racesIn(body: FunctionBody): readonly PathRace[] {
  if (!LOOKS.test(sourceOf(body))) return [];
  return nodesIn(statementsOf(body)).flatMap((look) => {
    if (look.kind !== "if" || !("body" in look) || !LOOKS.test(textIn(body, look.test, 200))) return [];
    const asked = textIn(body, look.test, 200);
    const act = nodesIn(look.body).find(
      (node): node is Call => node.kind === "call" && actsOn(body, node, asked),
    );
    return act && !isReady(body, act) ? [{ body, look, act }] : [];
  });
}

/** `os.makedirs(path)`, `path.unlink()`, on the path that was asked for. */
function actsOn(body: FunctionBody, { callee, arguments: given }: Call, asked: string): boolean {
  const name = callee.kind === "attribute" ? callee.name.id : callee.kind === "name" ? callee.id : "";
  if (!ACTS.test(name)) return false;
  const [first] = given;
  const path = first
    ? textIn(body, first.value, 200)
    : callee.kind === "attribute"
      ? textIn(body, callee.object, 200)
      : "";
  const object = callee.kind === "attribute" ? `${textIn(body, callee.object, 200)}.` : "";
  return (
    (path !== "" && asked.includes(`(${path})`)) ||
    (object !== "" &&
      asked.startsWith(object, asked.startsWith("not ") ? 4 : 0) &&
      !/^(os|shutil)\.$/.test(object))
  );
}

/** It says that it does not matter, or a handler stands around it. */
function isReady(body: FunctionBody, act: Call): boolean {
  if (READY.test(textIn(body, act, 200))) return true;
  return pathTo(body, act).some(
    (node: SyntaxNode) =>
      node.kind === "try" && node.body.some(({ start, end }) => start <= act.start && act.end <= end),
  );
}

function finding({ body, look, act }: PathRace): Finding {
  return {
    ruleId: "path-race",
    message: `${code(textIn(body, act, 40))} fails when somebody else was quicker since ${code(textIn(body, look.test, 40))}.`,
    help: "Do it without asking, and handle the error: `exist_ok=True`, `missing_ok=True`, `except FileExistsError`.",
    severity: "low",
    confidence: "low",
    where: body.name,
    evidence: proof(
      [stepAt("flow", placeIn(body, look.test), "looks whether it is there")],
      stepAt("sink", placeIn(body, act), "relies on what was there a moment ago"),
    ),
    identity: [textIn(body, act, 200)],
  };
}

export const pathRace: Rule = {
  ...lossRule({
    id: "path-race",
    family: "resource-management",
    cwe: "CWE-367",
    title: "Path checked, then used",
    severity: "low",
    protections: ["path-race"],
    message: (guard, exposed) =>
      `${exposed} fails when somebody else was quicker: ${guard} is gone, and a look before is not enough.`,
    help: "Do it without asking, and handle the error: `exist_ok=True`, `missing_ok=True`, `except FileExistsError`.",
    docs: {
      what: "The code looks whether a file or folder is there and then makes, removes or renames it.",
      why: "Two processes, or two requests, look at the same time and both go on: one of them fails with an error that nobody expects. In a folder that others can write to, they choose what is met there.",
      bad: `import os


def prepare(folder):
    if not os.path.isdir(folder):
        os.makedirs(folder)
`,
      good: `import os


def prepare(folder):
    os.makedirs(folder, exist_ok=True)
`,
      decides:
        "It looks for `exists`, `isdir`, `isfile` and their like in the condition of an `if`, and in its body for a call that makes or removes the same path. Alone it is in the summary only; a change that gives up a handler for it (`FileExistsError`, `EEXIST`) is reported.",
      silent: "`exist_ok`, `missing_ok`, `ignore_errors`; calls inside a `try`; tests and examples.",
    },
  }),
  check: (context) =>
    productBodies(context).flatMap((body) => (body.kind === "function" ? racesIn(body).map(finding) : [])),
};
