// What stands around a place in the source: enclosing statements, the switch it depends on, the kind of file it is in.
import type { Body } from "../analysis/body.js";
import type { Place } from "../analysis/values/place.js";
import type { Range } from "../base/span.js";
import { lastPart } from "../base/words.js";
import type { Statement, SyntaxNode } from "../python/ast.js";
import { forEachChild } from "../python/children.js";

/** The nodes of `body` around `range`, outermost first, `range` itself last where it is a node. */
export function pathTo({ definition }: Body, range: Range): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [];
  let level: readonly SyntaxNode[] =
    "kind" in definition ? childrenOf(definition) : (definition.body as readonly Statement[]);
  for (;;) {
    const inner = level.find((node) => node.start <= range.start && node.end >= range.end);
    if (!inner) return path;
    path.push(inner);
    level = childrenOf(inner);
  }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  forEachChild(node, (child, list: SyntaxNode[]) => void list.push(child), children);
  return children;
}

/** The source of the function or class; of a module, the whole file. */
export function sourceOf({ definition, module }: Body): string {
  const { text } = module.syntax;
  return "kind" in definition ? text.slice(definition.start, definition.end) : text;
}

/** The source under `range`. */
export function textAt({ syntax }: Place, range: Range): string {
  return syntax.text.slice(range.start, range.end);
}

/** Words of the switches with which an operator does without a protection. */
const SWITCH =
  /verif|insecure|unsafe|ssl|tls|cert|trust|strict|check|debug|dev(el)?\b|test|allow|self.?signed/i;

/**
 * Does the place depend on a condition about the protection itself (`if not config.verify_ssl:`), so that an operator
 * decided? An earlier `if verify: return …` beside it counts too.
 */
export function isSwitched(body: Body, place: Place): boolean {
  const name = lastPart(body.name);
  if (/insecure|unverified|no_?verif|skip_?verif|disable|self_?signed/i.test(name)) return true;
  const { definition } = body;
  const beside = "kind" in definition && definition.kind === "lambda" ? [] : definition.body;
  const nodes: readonly SyntaxNode[] = [...pathTo(body, place.node), ...(beside as readonly Statement[])];
  return nodes.some((node) => {
    if (node.kind !== "if" && node.kind !== "conditional") return false;
    const around = node.start <= place.node.start && node.end >= place.node.end;
    const before = node.kind === "if" && "body" in node && node.end <= place.node.start && leaves(node.body);
    return (around || before) && SWITCH.test(textAt(place, node.test));
  });
}

function leaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1)?.kind;
  return last === "return" || last === "raise" || last === "continue";
}

/** Is it in `if __name__ == "__main__":`? */
export function isInMainGuard(body: Body, place: Place): boolean {
  return pathTo(body, place.node).some(
    (node) => node.kind === "if" && /__name__/.test(textAt(place, node.test)),
  );
}
