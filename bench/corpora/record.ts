// Which places were right in a run, kept to be compared with those of a later one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { PlaceVerdict } from "./score.js";

const record = z.object({
  engine: z.string(),
  /** For each place: was something said there? */
  said: z.record(z.string(), z.boolean()),
});
export type Record = z.infer<typeof record>;

export function readRecord(file: string): Record | undefined {
  return existsSync(file) ? record.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Places that this run was not about keep the verdict that they had. */
export function writeRecord(
  file: string,
  engine: string,
  now: readonly PlaceVerdict[],
  before?: Record,
): void {
  const said = { ...before?.said, ...Object.fromEntries(now.map((each) => [nameOf(each), each.said])) };
  writeFileSync(file, `${JSON.stringify({ engine, said }, undefined, 1)}\n`);
}

/** Places on which the two differ, one line for each. */
export function movesBetween(before: Record, now: readonly PlaceVerdict[]) {
  const moved = now.filter((each) => (before.said[nameOf(each)] ?? each.said) !== each.said);
  const isRight = ({ place, said }: PlaceVerdict) => said === (place.expect === "bad");
  const line = (each: PlaceVerdict) => `${nameOf(each)} ${each.said ? "now said" : "now silent"}`;
  return {
    better: moved.filter(isRight).map(line),
    worse: moved.filter((each) => !isRight(each)).map(line),
  };
}

export function nameOf({ place }: PlaceVerdict): string {
  const { file, line, rule, cwe, family, expect } = place;
  return `${file}:${line ?? "-"} ${rule ?? ""} CWE-${cwe ?? "?"} ${family} ${expect}`;
}
