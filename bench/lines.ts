// Files of JSON lines: one value in each line, checked when read.
import { readFileSync } from "node:fs";
import type { z } from "zod";

/** @throws Error naming file and line, when a line is not what `schema` says */
export function readLines<Value>(path: string, schema: z.ZodType<Value>): readonly Value[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = schema.safeParse(asJson(line));
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0];
    throw new Error(`${path}:${index + 1}: ${issue?.path.join(".")} ${issue?.message}`);
  });
}

/** Undefined for what is no JSON: a line of which only the beginning was written. */
function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
