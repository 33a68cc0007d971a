// Every protection that a change takes away, each once: the surest of those that stand on the same lines.
import { code } from "../../base/markdown.js";
import type { Omission } from "../../base/omission.js";
import type { NameIndex } from "../../python/name-index.js";
import type { Program } from "../../python/program.js";
import { isTestCode } from "../../python/test-code.js";
import { lostArguments, lostParameters } from "./arguments.js";
import { arrivedAround } from "./around.js";
import { type ChangedPath, type Changes, changesBetween, type DefinitionChange } from "./change.js";
import { lostChecks, lostDecorators } from "./checks.js";
import { lostComparisons } from "./comparisons.js";
import { lostConditions } from "./conditions.js";
import { lostDecoration } from "./decorators.js";
import { lostDefaults } from "./defaults.js";
import { droppedCalls } from "./dropped.js";
import { lostEntrances } from "./entrances.js";
import { lostErrorTraces } from "./error-trace.js";
import { lostErrors } from "./errors.js";
import { lostFileModes } from "./file-modes.js";
import { lostHandlers } from "./handlers.js";
import { lostIdentity } from "./identity.js";
import { lateChecks } from "./late.js";
import { loosenedConditions } from "./loosened.js";
import type { Loss } from "./loss.js";
import { lostMasks } from "./masks.js";
import { lostMembers } from "./members.js";
import { lostOffloading } from "./offload.js";
import { lostOperands } from "./operands.js";
import { lostOptions } from "./options.js";
import { otherObjects } from "./other-object.js";
import { lostOutcomes } from "./outcomes.js";
import { lostOwnership } from "./ownership.js";
import { plainerCalls } from "./plainer.js";
import { type Pool, poolOf } from "./pool.js";
import { lostQuoting } from "./quoting.js";
import { lostRaces } from "./races.js";
import { type Refusing, refusingOf } from "./refusing.js";
import { lostRegions, lostReleases } from "./regions.js";
import { lostRevocations } from "./revocations.js";
import { weakenedRights } from "./rights.js";
import { lostSections } from "./sections.js";
import { weakenedSettings } from "./settings.js";
import { lostSharing } from "./sharing.js";
import { takeoverOf } from "./takeover.js";
import { lostValidators } from "./validators.js";
import { lostVerdicts } from "./verdicts.js";
import { lostDefusing, weakenedCalls } from "./weaker.js";
import { lostWrappers } from "./wrappers.js";

export interface Lost {
  readonly losses: readonly Loss[];
  /** Definitions, and files, that were compared only up to a limit. */
  readonly limits: readonly Omission[];
}

/**
 * What `paths` lose from `base` to `head`, in the order of the files. Test code guards nothing.
 * @param index of the head; asked only where something is lost
 */
export function lossesBetween(
  base: Program,
  head: Program,
  paths: readonly ChangedPath[],
  index: () => NameIndex,
): Lost {
  // A scan has no base: nothing can be lost.
  if (paths.every((path) => path.base === undefined)) return { losses: [], limits: [] };
  const changes = changesBetween(base, head, paths);
  const pool = poolOf(changes);
  const refusing = refusingOf(changes, base);
  const resigned = resignedIn(changes);
  const guarded = changes.definitions.filter((change) => !isTestCode(change.head.module, head.tree.paths));
  const lost = guarded.flatMap((change) => distinct(lossesIn(change, pool, refusing, resigned, head)));
  const around = { program: head, index, arrived: lost.length > 0 ? arrivedAround(base, head, paths) : [] };
  const left = lost.flatMap((loss) => {
    const takeover = takeoverOf(loss, around);
    return takeover.isTakenOver ? [] : [{ ...loss, considered: takeover.considered }];
  });
  const losses = [...left, ...lostDefusing(guarded)];
  return { losses, limits: limitsOf(changes) };
}

function limitsOf({ definitions, head, isCut }: Changes): readonly Omission[] {
  const cut = definitions.flatMap((change): readonly Omission[] => {
    if (!change.isCut) return [];
    const { module, name } = change.head;
    const where = name === "" ? "its own code" : code(name);
    const reason = `has so many changes in ${where} that rewritten lines were not compared`;
    return [{ path: module.path, reason, isLimit: true }];
  });
  const [first] = head;
  if (!isCut || !first) return cut;
  const reason = "is one of so many changed files that renamed definitions were not looked for";
  return [...cut, { path: first.module.path, reason, isLimit: true }];
}

function lossesIn(
  change: DefinitionChange,
  pool: Pool,
  refusing: Refusing,
  resigned: (name: string) => boolean,
  program: Program,
): readonly Loss[] {
  return [
    ...lostDecorators(change, pool),
    ...lostConditions(change, pool),
    ...lostOperands(change, pool),
    ...lostVerdicts(change, pool),
    ...lostOwnership(change, pool),
    ...weakenedRights(change, pool, resigned),
    ...otherObjects(change),
    ...lostIdentity(change),
    ...loosenedConditions(change),
    ...lostChecks(change, pool, refusing),
    ...lateChecks(change),
    ...lostRevocations(change, pool),
    ...lostWrappers(change, pool),
    ...lostQuoting(change),
    ...lostMasks(change, pool),
    ...lostComparisons(change, pool),
    ...lostFileModes(change, pool),
    ...lostParameters(change, pool),
    ...lostArguments(change, program),
    ...lostOptions(change),
    ...lostOffloading(change),
    ...weakenedCalls(change, pool),
    ...weakenedSettings(change),
    ...droppedCalls(change, pool),
    ...lostSharing(change, pool),
    ...lostEntrances(change),
    ...lostMembers(change, pool),
    ...lostDefaults(change),
    ...lostRegions(change, pool),
    ...lostReleases(change, pool),
    ...lostSections(change),
    ...lostRaces(change, pool),
    ...lostErrors(change, pool),
    ...lostErrorTraces(change),
    ...lostHandlers(change, pool),
    ...lostOutcomes(change),
    ...lostValidators(change, pool),
    ...lostDecoration(change, pool),
    // Last: what knows the sort of protection says more.
    ...plainerCalls(change, pool),
  ];
}

/** The functions of the changed files whose parameters or decorators changed, by their names. */
function resignedIn({ definitions }: Changes): (name: string) => boolean {
  const names = new Set(
    definitions.flatMap(({ base, head }) =>
      base.node && base.header !== head.header ? [base.node.name.id] : [],
    ),
  );
  return (name) => names.has(name);
}

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** One loss for what is exposed, whatever stood around it, and one for each guard of a statement. */
function distinct(losses: readonly Loss[]): readonly Loss[] {
  const byExposed = surest(losses, ({ protection, exposed }) => `${protection} ${exposed.node.start}`);
  return surest(byExposed, ({ guard, exposedLeaf, exposed }) => {
    const at = exposedLeaf?.range.start ?? exposed.node.start;
    return `${guard.node.start} ${at}`;
  });
}

function surest(losses: readonly Loss[], keyOf: (loss: Loss) => string): readonly Loss[] {
  const best = new Map<string, Loss>();
  for (const loss of losses) {
    const known = best.get(keyOf(loss));
    if (!known || RANK[loss.sure] < RANK[known.sure]) best.set(keyOf(loss), loss);
  }
  return [...best.values()];
}
