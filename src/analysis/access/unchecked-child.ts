// Handlers that check one object the client named, and then change another one that the client named as freely.

import type { Expression, FunctionDefinition, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import { dottedName } from "./access-checks.js";
import { type Lookup, lookupIn } from "./lookups.js";
import { changes, checkOf, namesIn } from "./object-checks.js";

export interface UncheckedChild {
  /** What is loaded by its id alone. */
  readonly child: Lookup;
  /** The variable that was checked instead: "project". */
  readonly parent: string;
  /** Where that was checked. */
  readonly check: SyntaxNode;
  /** Where the child is changed. */
  readonly change: SyntaxNode;
}

interface Loaded {
  readonly name: string;
  readonly value: Expression;
  readonly lookup: Lookup | undefined;
}

/** The objects that `definition` changes although only another one was checked. */
export function uncheckedChildren(definition: FunctionDefinition): readonly UncheckedChild[] {
  const nodes = nodesIn(definition.body);
  const loaded = nodes.flatMap((node): readonly Loaded[] => {
    const [target] = node.kind === "assign" ? node.targets : [];
    if (node.kind !== "assign" || target?.kind !== "name" || !node.value) return [];
    return [{ name: target.id, value: node.value, lookup: lookupOf(node.value) }];
  });
  const clients = new Set(definition.parameters.map(({ name }) => name.id));
  return loaded.flatMap(({ name, lookup, value }): readonly UncheckedChild[] => {
    if (!lookup?.isById || lookup.isScoped || !isOfClient(value, clients)) return [];
    if (loaded.filter((each) => each.name === name).length > 1) return [];
    const checked = nodes.flatMap((node) => checkOf(node) ?? []);
    if (checked.some(({ about }) => about.has(name)) || isCompared(name, nodes)) return [];
    const parents = loaded.filter(
      (each) => each.name !== name && !WHO_ASKS.test(each.name) && isOfClient(each.value, clients),
    );
    for (const parent of parents) {
      const check = checked.find(({ about }) => about.has(parent.name));
      if (!check || isTied(value, parent, clients)) continue;
      const change = nodes.find((node) => changes(node, name));
      if (change) return [{ child: lookup, parent: parent.name, check: check.node, change }];
    }
    return [];
  });
}

function lookupOf(value: Expression): Lookup | undefined {
  const call = value.kind === "await" ? value.value : value;
  return call.kind === "call" ? lookupIn(call) : undefined;
}

/** Who is checked is no parent of what is changed. */
const WHO_ASKS = /(^|_)(user|actor|member|account|principal|profile|me|viewer|requester)$/;

const REQUEST = /^(request|req|self\.request|self\.kwargs|kwargs|flask\.request)$/;
/** Parameters that the program fills. */
const OWN = /^(self|cls|request|req|session|db|user|current_user|context|ctx|info|_)$/;

/** Is something that the client chose in it? */
function isOfClient(value: Expression, clients: ReadonlySet<string>): boolean {
  return nodesIn([value]).some(
    (node) =>
      (node.kind === "name" && clients.has(node.id) && !OWN.test(node.id)) ||
      ((node.kind === "attribute" || node.kind === "name") && REQUEST.test(dottedName(node))),
  );
}

/** Does a condition say anything of it but that it is there? */
function isCompared(name: string, nodes: readonly SyntaxNode[]): boolean {
  return nodes.some(
    (node) =>
      node.kind === "comparison" &&
      !node.operands.some((each) => each.kind === "constant") &&
      namesIn(node.operands).has(name),
  );
}

/** Does the lookup of the child name the parent, or what the parent was found by? */
function isTied(value: Expression, parent: Loaded, clients: ReadonlySet<string>): boolean {
  const named = namesIn([value]);
  if (named.has(parent.name)) return true;
  return [...namesIn([parent.value])].some((name) => clients.has(name) && !OWN.test(name) && named.has(name));
}
