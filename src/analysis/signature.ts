// What callers of a function notice of its data flow, as text: where two revisions give the same, no caller can tell.
import type { FunctionBody } from "./body.js";
import { textOf } from "./place.js";
import type { Abstract, Taint } from "./value.js";
import type { World } from "./world.js";

/**
 * What arrives of its arguments where it does harm, what of them or of other sources it returns or keeps in its object,
 * and what it proves of them. Free of positions.
 */
export function signatureOf(world: World, body: FunctionBody): string {
  const { arrivals, returns, proofs } = world.interpretation(body);
  const parts = new Set<string>();
  for (const { kind, taint } of arrivals) {
    if (taint.origin.kind === "parameter") parts.add(`${kind} ${taintKey(taint)}`);
  }
  addTaints(parts, "returns", returns);
  const self = body.enclosing.kind === "class" ? body.definition.parameters[0]?.name.id : undefined;
  const object = self === undefined ? undefined : world.environment(body).get(self);
  for (const [key, content] of object?.fields ?? []) addTaints(parts, `keeps ${key}`, content);
  for (const [outcome, proved] of proofs) {
    for (const [index, kinds] of proved) parts.add(`proves ${outcome} ${index} ${kinds}`);
  }
  return [...parts].sort().join("\n");
}

/** The same with what arrives in the function of any source: where this differs, so may what is said of it. */
export function reactionOf(world: World, body: FunctionBody): string {
  const parts = new Set<string>();
  for (const { kind, taint, call } of world.interpretation(body).arrivals) {
    if (taint.origin.kind === "source") parts.add(`${kind} ${taintKey(taint)} in ${textOf(call)}`);
  }
  return [signatureOf(world, body), ...[...parts].sort()].join("\n");
}

function addTaints(parts: Set<string>, path: string, value: Abstract): void {
  for (const taint of value.taints) parts.add(`${path} ${taintKey(taint)} ${taint.clean}`);
  for (const [key, content] of value.fields) addTaints(parts, `${path}${key}`, content);
}

function taintKey({ origin, uncertain }: Taint): string {
  const from = origin.kind === "source" ? `${origin.source} ${origin.text}` : origin.key;
  return uncertain ? `${from}?` : from;
}
