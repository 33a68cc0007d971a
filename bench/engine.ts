// Which engine was measured: results of another one are never mixed in.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
/** What decides on a review of a local repository. */
const stages = ["base", "python", "flow", "models", "analysis", "rules", "review", "git"];

/** 12 hex digits, equal for equal sources and equal dependencies. */
export function engineHash(): string {
  const hash = createHash("sha256");
  for (const path of [...sources(), join(project, "package-lock.json")])
    hash.update(relative(project, path)).update("\0").update(readFileSync(path));
  return hash.digest("hex").slice(0, 12);
}

function sources(): readonly string[] {
  return stages
    .map((stage) => join(project, "src", stage))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
