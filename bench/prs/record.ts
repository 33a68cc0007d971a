// The verdicts of a run, kept to be compared with those of a later one: which cases moved, and in which direction.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Moves } from "../moves.js";
import type { Comment } from "./results.js";
import type { Score } from "./score.js";

const record = z.object({
  engine: z.string(),
  /** By id of the fix; undefined where that direction was not run. */
  fixes: z.record(
    z.string(),
    z.object({ family: z.number(), detected: z.boolean().optional(), forwardLoud: z.boolean().optional() }),
  ),
  /** By id of the commit: its comments. */
  ordinary: z.record(z.string(), z.array(z.string())),
});
export type Record = z.infer<typeof record>;

export function readRecord(file: string): Record | undefined {
  return existsSync(file) ? record.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Cases that this run was not about keep the verdict that they had. */
export function writeRecord(file: string, now: Record, before: Record | undefined): void {
  const fixes = { ...before?.fixes };
  for (const [id, verdict] of Object.entries(now.fixes)) fixes[id] = { ...fixes[id], ...verdict };
  const ordinary = { ...before?.ordinary, ...now.ordinary };
  writeFileSync(file, `${JSON.stringify({ engine: now.engine, fixes, ordinary }, undefined, 1)}\n`);
}

/** @param ran which directions were run */
export function recordOf(score: Score, engine: string, ran: ReadonlySet<string>): Record {
  const fixes = score.fixes.map(({ fix, detected, forwardLoud }) => {
    const reversed = ran.has("reverse") ? { detected } : {};
    const forwards = ran.has("forward") ? { forwardLoud } : {};
    return [fix.id, { family: fix.family, ...reversed, ...forwards }];
  });
  const ordinary = [...score.ordinary].map(([id, comments]) => [id, comments.map(nameOf)]);
  return { engine, fixes: Object.fromEntries(fixes), ordinary: Object.fromEntries(ordinary) };
}

function nameOf({ rule, family, file, line }: Comment): string {
  return `family ${family} ${rule} ${file}:${line}`;
}

/** What differs in the cases of both; one line for each. */
export function movesBetween(before: Record, now: Record): Moves {
  const better: string[] = [];
  const worse: string[] = [];
  const moved = (
    was: boolean | undefined,
    is: boolean | undefined,
    what: (is: boolean) => string,
    good: boolean,
  ) => {
    if (was === undefined || is === undefined || was === is) return;
    (is === good ? better : worse).push(what(is));
  };
  for (const [id, { family, detected, forwardLoud }] of Object.entries(now.fixes)) {
    const was = before.fixes[id];
    moved(
      was?.detected,
      detected,
      (is) => `${id} (family ${family}) ${is ? "detected" : "no longer detected"}`,
      true,
    );
    const said = (is: boolean) => `${id} (family ${family}) forwards ${is ? "said to be there" : "silent"}`;
    moved(was?.forwardLoud, forwardLoud, said, false);
  }
  for (const [id, comments] of Object.entries(now.ordinary)) {
    const was = before.ordinary[id];
    if (was === undefined) continue;
    for (const comment of without(comments, was)) worse.push(`${id} ordinary, new: ${comment}`);
    for (const comment of without(was, comments)) better.push(`${id} ordinary, gone: ${comment}`);
  }
  return { better, worse };
}

/** Elements of the first that the second has not, each as often as it is missing. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return all.filter((each) => {
    const index = left.indexOf(each);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
