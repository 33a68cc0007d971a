// Which pattern of the base a pattern of the head took the place of.
import type { Matching } from "../../analysis/regex/matching.js";

/** For each pattern that came, the one that went: in the same body, in the same order, where as many came as went. */
export function replacedPatterns(
  base: readonly Matching[],
  head: readonly Matching[],
): ReadonlyMap<string, string> {
  const [old, fresh] = [patternsByBody(base), patternsByBody(head)];
  const replaced = new Map<string, string>();
  for (const [body, patterns] of fresh) {
    const present = old.get(body) ?? new Set();
    const came = [...patterns].filter((pattern) => !present.has(pattern));
    const went = [...present].filter((pattern) => !patterns.has(pattern));
    if (came.length !== went.length) continue;
    for (const [index, pattern] of came.entries()) replaced.set(pattern, went[index]!);
  }
  return replaced;
}

function patternsByBody(matchings: readonly Matching[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { body, pattern, written } of matchings) {
    if (!written) continue;
    const key = `${body.module.path} ${body.name}`;
    found.set(key, (found.get(key) ?? new Set()).add(pattern));
  }
  return found;
}
