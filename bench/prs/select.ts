// The part of a bench that a run is about.
import { createHash } from "node:crypto";
import type { Bench, Direction } from "./facts.js";

export interface Selection {
  readonly directions: readonly Direction[];
  /** Of fixes, by their own family; of comments, by theirs. All when undefined. */
  readonly families: ReadonlySet<number> | undefined;
  /** How many fixes, and how many ordinary commits; the same ones each time. All when undefined. */
  readonly sample: number | undefined;
}

export function select(bench: Bench, { directions, families, sample }: Selection): Bench {
  const wanted = new Set(directions);
  const ofFamily = bench.fixes.filter((fix) => families?.has(fix.family) ?? true);
  const fixes = wanted.has("reverse") || wanted.has("forward") ? sampled(ofFamily, sample) : [];
  const ordinary = wanted.has("ordinary") ? sampled(bench.ordinary, sample) : [];
  const ids = new Set([...fixes, ...ordinary].map(({ id }) => id));
  return {
    fixes,
    ordinary,
    pulls: bench.pulls.filter(({ id, direction }) => wanted.has(direction) && ids.has(id)),
  };
}

/** The first `count` in an order that looks random and never changes; they keep the order that they have. */
function sampled<Case extends { readonly id: string }>(
  cases: readonly Case[],
  count: number | undefined,
): readonly Case[] {
  if (count === undefined || count >= cases.length) return cases;
  const rank = (id: string) => createHash("sha1").update(id).digest("hex");
  const chosen = new Set(
    cases
      .map(({ id }) => id)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
      .slice(0, count),
  );
  return cases.filter(({ id }) => chosen.has(id));
}
