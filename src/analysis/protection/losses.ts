// Every protection that a change takes away, each once: the surest of those that stand on the same lines.
import type { Program } from "../../python/program.js";
import { lostArguments, lostParameters } from "./arguments.js";
import { type ChangedPath, changesBetween, type DefinitionChange } from "./change.js";
import { lostChecks, lostDecorators } from "./checks.js";
import { lostComparisons } from "./comparisons.js";
import { lostConditions } from "./conditions.js";
import { lostErrorTraces } from "./error-trace.js";
import { lostErrors } from "./errors.js";
import { lostFileModes } from "./file-modes.js";
import type { Loss } from "./loss.js";
import { lostOperands } from "./operands.js";
import { type Pool, poolOf } from "./pool.js";
import { type Refusing, refusingOf } from "./refusing.js";
import { lostRegions, lostReleases } from "./regions.js";
import { lostRevocations } from "./revocations.js";
import { lostDefusing, weakenedCalls, weakenedSettings } from "./weaker.js";
import { lostWrappers } from "./wrappers.js";

/** What `paths` lose from `base` to `head`, in the order of the files. Test code guards nothing. */
export function lossesBetween(base: Program, head: Program, paths: readonly ChangedPath[]): readonly Loss[] {
  // A scan has no base: nothing can be lost.
  if (paths.every((path) => path.base === undefined)) return [];
  const changes = changesBetween(base, head, paths);
  const pool = poolOf(changes);
  const refusing = refusingOf(changes, base);
  const guarded = changes.definitions.filter((change) => !TESTS.test(change.head.module.path));
  const lost = guarded.flatMap((change) => distinct(lossesIn(change, pool, refusing)));
  return [...lost, ...lostDefusing(guarded)];
}

const TESTS = /(^|\/)(tests?|testing|testsuite)(\/|$)|(^|\/)(test_[^/]*|[^/]*_tests?|conftest|tests)\.py$/i;

function lossesIn(change: DefinitionChange, pool: Pool, refusing: Refusing): readonly Loss[] {
  return [
    ...lostDecorators(change, pool),
    ...lostConditions(change, pool),
    ...lostOperands(change, pool),
    ...lostChecks(change, pool, refusing),
    ...lostRevocations(change, pool),
    ...lostWrappers(change, pool),
    ...lostComparisons(change, pool),
    ...lostFileModes(change, pool),
    ...lostParameters(change, pool),
    ...lostArguments(change),
    ...weakenedCalls(change, pool),
    ...weakenedSettings(change),
    ...lostRegions(change, pool),
    ...lostReleases(change, pool),
    ...lostErrors(change, pool),
    ...lostErrorTraces(change),
  ];
}

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** One loss for what is exposed, whatever stood around it. */
function distinct(losses: readonly Loss[]): readonly Loss[] {
  const best = new Map<string, Loss>();
  for (const loss of losses) {
    const key = `${loss.protection} ${loss.exposed.node.start}`;
    const known = best.get(key);
    if (!known || RANK[loss.sure] < RANK[known.sure]) best.set(key, loss);
  }
  return [...best.values()];
}
