// What callers of a function notice of its data flow, free of positions: whether a change makes it worse for them.
import { type KindSet, NO_KINDS } from "../../models/kinds.js";
import type { FunctionBody } from "../body.js";
import { textOf } from "../values/place.js";
import type { Abstract, Taint } from "../values/value.js";
import type { World } from "../world.js";

export interface Signature {
  /** What arrives of data where it does harm, or is returned or kept in the object; for which kinds it is harmless then. */
  readonly flows: ReadonlyMap<string, KindSet>;
  /** What is proved of a parameter by which outcome, for which kinds. */
  readonly proofs: ReadonlyMap<string, KindSet>;
}

/** What `body` does with its arguments, and which sources it hands out. */
export function signatureOf(world: World, body: FunctionBody): Signature {
  const { arrivals, returns, proofs } = world.interpretation(body);
  const flows = new Map<string, KindSet>();
  for (const { kind, taint } of arrivals) {
    if (taint.origin.kind === "parameter") flows.set(`${kind} ${taintKey(taint)}`, NO_KINDS);
  }
  addFlows(flows, "returns", returns);
  const self = body.enclosing.kind === "class" ? body.definition.parameters[0]?.name.id : undefined;
  const object = self === undefined ? undefined : world.environment(body).get(self);
  for (const [key, content] of object?.fields ?? []) addFlows(flows, `keeps ${key}`, content);
  const proved = [...proofs].flatMap(([outcome, kinds]) =>
    [...kinds].map(([index, each]) => [`${outcome} ${index}`, each] as const),
  );
  return { flows, proofs: new Map(proved) };
}

/** The same with what arrives in the function of any source. */
export function reactionOf(world: World, body: FunctionBody): Signature {
  const { flows, proofs } = signatureOf(world, body);
  const all = new Map(flows);
  for (const { kind, taint, call } of world.interpretation(body).arrivals) {
    if (taint.origin.kind === "source") all.set(`${kind} ${taintKey(taint)} in ${textOf(call)}`, NO_KINDS);
  }
  return { flows: all, proofs };
}

/** Does more get through, or is less proved, than before? */
export function isWorse(before: Signature, after: Signature): boolean {
  for (const [key, clean] of after.flows) {
    const was = before.flows.get(key);
    if (was === undefined || (was & ~clean) !== NO_KINDS) return true;
  }
  for (const [key, proved] of before.proofs) {
    if ((proved & ~(after.proofs.get(key) ?? NO_KINDS)) !== NO_KINDS) return true;
  }
  return false;
}

function addFlows(flows: Map<string, KindSet>, path: string, value: Abstract): void {
  for (const taint of value.taints) {
    const key = `${path} ${taintKey(taint)}`;
    flows.set(key, (flows.get(key) ?? taint.clean) & taint.clean);
  }
  for (const [key, content] of value.fields) addFlows(flows, `${path}${key}`, content);
}

function taintKey({ origin, uncertain }: Taint): string {
  const from = origin.kind === "source" ? `${origin.source} ${origin.text}` : origin.key;
  return uncertain ? `${from}?` : from;
}
