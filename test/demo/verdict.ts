// Whether the review is what the project's list says: every defect, no near miss, and the fix seen.
import type { SeenThread } from "../fake-github/conversation.js";
import { DEFECTS, lineOf, NEAR_MISSES, type Spot } from "./project.js";
import type { Scene } from "./scene.js";

/** @returns one line for each thing that is not as expected */
export function wrongAfterOpening(scene: Scene, bot: string): readonly string[] {
  const { threads } = scene.conversation;
  const missed = DEFECTS.filter(
    (defect) =>
      !threads.some(
        (thread) => covers(thread, defect) && thread.comments[0]?.user === bot && says(thread, defect.title),
      ),
  ).map((defect) => `no comment (${defect.title}) at ${defect.path}:${lineOf(defect)}`);
  const raised = NEAR_MISSES.filter((spot) => threads.some((thread) => covers(thread, spot))).map(
    (spot) => `a comment on a near miss at ${spot.path}:${lineOf(spot)}`,
  );
  return [...missed, ...raised, ...wrongConclusion(scene, "failure")];
}

/** @returns one line for each thing that is not as expected */
export function wrongAfterFix(scene: Scene): readonly string[] {
  const fixed = `Fixed in ${scene.headSha.slice(0, 7)}`;
  const open = scene.conversation.threads
    .filter((thread) => !says(thread, fixed))
    .map(({ path, originalLine }) => `the comment at ${path}:${originalLine} is not marked as fixed`);
  return [...open, ...wrongConclusion(scene, "success")];
}

function wrongConclusion(scene: Scene, wanted: string): readonly string[] {
  const conclusions = scene.conversation.checkRuns.map(({ conclusion }) => conclusion);
  return conclusions.length === 1 && conclusions[0] === wanted
    ? []
    : [`the check is ${conclusions.join(", ") || "missing"} instead of ${wanted}`];
}

function covers({ path, side, startLine, line = 0 }: SeenThread, spot: Spot): boolean {
  const wanted = lineOf(spot);
  return side === "RIGHT" && path === spot.path && (startLine ?? line) <= wanted && wanted <= line;
}

const says = (thread: SeenThread, text: string): boolean => thread.comments[0]?.body.includes(text) ?? false;
