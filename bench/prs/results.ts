// What reviews gave, kept as JSON lines: a run that was stopped goes on where it was.
import { appendFileSync, existsSync } from "node:fs";
import { z } from "zod";
import { readLines } from "../lines.js";
import { DIRECTIONS, type Pull } from "./facts.js";

const comment = z.object({
  file: z.string(),
  /** 1-based, inclusive. */
  line: z.number(),
  end_line: z.number(),
  /** 1 to 7. */
  family: z.number(),
  cwe: z.string(),
  rule: z.string(),
  confidence: z.string(),
  side: z.string(),
  /** Where it would be said. */
  placement: z.enum(["inline", "file", "summary"]),
  message: z.string(),
});
export type Comment = z.infer<typeof comment>;

const result = z.object({
  engine: z.string(),
  id: z.string(),
  direction: z.enum(DIRECTIONS),
  ms: z.number(),
  comments: z.array(comment).readonly(),
  /** Why there is no review. */
  failed: z.string().optional(),
});
export type Result = z.infer<typeof result>;

export const resultKey = ({ id, direction }: Pick<Pull, "id" | "direction">) => `${direction} ${id}`;

/** The results of `engine` in the file, by `resultKey`; failed ones are not among them, so that they are run again. */
export function readResults(file: string, engine: string): Map<string, Result> {
  const all = existsSync(file) ? readLines(file, result) : [];
  return new Map(
    all.filter((each) => each.engine === engine && !each.failed).map((each) => [resultKey(each), each]),
  );
}

export function appendResult(file: string, value: Result): void {
  appendFileSync(file, `${JSON.stringify(value)}\n`);
}
