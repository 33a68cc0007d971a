// What is known of the pull requests of a bench: facts about public commits, as bench/README.md describes them.
import { z } from "zod";
import { FAMILIES } from "../../src/rules/finding.js";
import { readLines } from "../lines.js";

/** 1-based, inclusive. */
const range = z.tuple([z.number(), z.number()]).readonly();

const place = z.object({
  file: z.string(),
  /** In the vulnerable version. */
  lines: range,
  function_lines: range.nullish(),
  /** The corresponding lines in the mended version. */
  fixed_lines: range.nullish(),
  fixed_function_lines: range.nullish(),
  /** Where the lines stand to what the reversed fix adds: on it, beside it, elsewhere in the function, not in the diff. */
  anchor: z.string().nullish(),
  what: z.string(),
});
export type Place = z.infer<typeof place>;

const fix = z.object({
  id: z.string(),
  /** 1 to 7, in the order of the families. */
  family: z.number().min(1).max(FAMILIES.length),
  /** Families accepted too. */
  also: z.array(z.number()).nullish(),
  cwe: z.string().nullish(),
  vulnerable: z.array(place),
  needs: z.string(),
  /** The mended version keeps a lesser form of the defect: it does not count as a pair. */
  weak_pair: z.boolean().nullish(),
  reverse_added_lines: z.number().nullish(),
});
export type Fix = z.infer<typeof fix>;

const ordinary = z.object({ id: z.string(), added_lines: z.number() });
export type Ordinary = z.infer<typeof ordinary>;

export const DIRECTIONS = ["reverse", "forward", "ordinary"] as const;
export type Direction = (typeof DIRECTIONS)[number];

const pull = z.object({
  id: z.string(),
  direction: z.enum(DIRECTIONS),
  /** Folder of the repository. */
  git_dir: z.string(),
  base: z.string(),
  head: z.string(),
});
export type Pull = z.infer<typeof pull>;

/** Pull requests of the bench that have the facts: `set` holds fixes.jsonl and ordinary.jsonl. */
export function readBench(prs: string, set: string) {
  return {
    pulls: readLines(prs, pull),
    fixes: readLines(`${set}/fixes.jsonl`, fix),
    ordinary: readLines(`${set}/ordinary.jsonl`, ordinary),
  };
}
export type Bench = ReturnType<typeof readBench>;
