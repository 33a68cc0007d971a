// What a function proves of its parameters: by returning at all, or by answering True or False.
//
//   def check(name):
//       if not name.isalnum():
//           raise ValueError          "returns" proves parameter 0 harmless
//       return name in NAMES          so does true
import { ALL_KINDS, type KindSet, NO_KINDS } from "../../models/kinds.js";
import type { Frame } from "../frame.js";
import { type Environment, UNREACHABLE } from "../values/environment.js";
import { allTaints, constantIn, UNKNOWN } from "../values/value.js";
import { refine } from "./guards.js";

export type Outcome = boolean | "returns";

/** For each outcome, the parameters (0-based) of which it proves something. */
export type Proofs = ReadonlyMap<Outcome, ReadonlyMap<number, KindSet>>;

export const NO_PROOFS: Proofs = new Map();

/** More ways out than a validator has. */
const MAX_RETURNS = 6;

/** @param ends the variables at the end of each block; undefined where no path arrives */
export function proofsOf(frame: Frame, ends: readonly (Environment | undefined)[]): Proofs {
  const { body, cfg } = frame;
  if (body.kind !== "function" || cfg.isGenerator || body.definition.parameters.length === 0)
    return NO_PROOFS;
  const returns = cfg.blocks.flatMap(({ id, terminator }) => {
    const end = ends[id];
    return terminator.kind === "return" && end && end !== UNREACHABLE
      ? [{ value: terminator.value, end }]
      : [];
  });
  if (returns.length === 0 || returns.length > MAX_RETURNS) return NO_PROOFS;
  const proofs = new Map<Outcome, ReadonlyMap<number, KindSet>>();
  for (const outcome of ["returns", true, false] as const) {
    const environments = returns.flatMap(({ value, end }) => {
      if (outcome === "returns") return [end];
      const constant = value === undefined ? null : constantIn(frame.values[value]!);
      if (constant !== undefined) return Boolean(constant) === outcome ? [end] : [];
      return [refine(frame, value!, outcome, end)];
    });
    const proved = provedIn(frame, environments);
    if (proved.size > 0) proofs.set(outcome, proved);
  }
  return proofs.size > 0 ? proofs : NO_PROOFS;
}

function provedIn(frame: Frame, environments: readonly Environment[]): ReadonlyMap<number, KindSet> {
  const proved = new Map<number, KindSet>();
  if (frame.body.kind !== "function" || environments.length === 0) return proved;
  const { definition, module } = frame.body;
  const { bindings } = module.scopes.scopeOf(definition);
  for (const [index, { name }] of definition.parameters.entries()) {
    // What is assigned anew says nothing of what the caller passed.
    if ((bindings.get(name.id)?.length ?? 0) !== 1) continue;
    let kinds = ALL_KINDS;
    for (const environment of environments) {
      const taints = allTaints(environment.get(name.id) ?? UNKNOWN);
      const own = taints.filter(
        ({ origin }) => origin.kind === "parameter" && origin.index === index && !origin.of,
      );
      kinds &= own.reduce((all, { clean }) => all & clean, own.length > 0 ? ALL_KINDS : NO_KINDS);
    }
    if (kinds !== NO_KINDS) proved.set(index, kinds);
  }
  return proved;
}
