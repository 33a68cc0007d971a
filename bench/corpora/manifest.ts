// The annotated places of the corpora: where a finding is right, and where it would be wrong.
import { z } from "zod";
import type { Family } from "../../src/rules/finding.js";
import { readLines } from "../lines.js";

/** How a manifest calls the families; some of its places are of none. */
export const MANIFEST_FAMILIES: Readonly<Record<Family, string>> = {
  "input-validation": "input",
  "information-leakage": "leak",
  "sql-injection": "sql",
  "exception-handling": "exc",
  "access-control": "auth",
  "resource-management": "resource",
  deadlock: "deadlock",
};

const place = z.object({
  corpus: z.string(),
  /** Relative to the folder of the corpora. */
  file: z.string(),
  /** "line": the finding must be there; "file": anywhere in the file. */
  level: z.enum(["line", "file"]),
  /** 1-based; of no meaning for a file. */
  line: z.number().nullish(),
  rule: z.string().nullish(),
  cwe: z.number().nullish(),
  family: z.string(),
  /** Is there a defect? */
  expect: z.enum(["bad", "good"]),
  /** The corpus itself expects the opposite of what its tool does. */
  todo: z.boolean().nullish(),
});
export type MarkedPlace = z.infer<typeof place>;

export function readManifest(file: string): readonly MarkedPlace[] {
  return readLines(file, place).filter(({ todo }) => !todo);
}
