import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Repository, temporaryFolder } from "../../git/repository.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const VULNERABLE = `import os
from flask import request


def show():
    os.system("cat " + request.args["name"])
`;
const MENDED = VULNERABLE.replace('"cat " + request.args["name"]', '"uptime"');

/** A bench of one fix and one ordinary commit, as its own folder. */
function writeBench(): void {
  const repository = new Repository(folder.path);
  const mended = repository.commit({ "app.py": MENDED });
  const vulnerable = repository.commit({ "app.py": VULNERABLE });
  const ordinary = repository.commit({ "other.py": "x = 1\n" });
  const pull = (id: string, direction: string, base: string, head: string) => ({
    id,
    direction,
    git_dir: folder.path,
    base,
    head,
  });
  const lines = (name: string, values: readonly object[]) =>
    writeFileSync(join(folder.path, name), values.map((value) => JSON.stringify(value)).join("\n"));
  const place = { file: "app.py", lines: [6, 6], fixed_lines: [6, 6], what: "a command from the request" };
  lines("prs.jsonl", [
    pull("fix", "reverse", mended, vulnerable),
    pull("fix", "forward", vulnerable, `${vulnerable}~1`),
    pull("commit", "ordinary", vulnerable, ordinary),
    pull("broken", "reverse", "0".repeat(40), vulnerable),
  ]);
  lines("fixes.jsonl", [
    { id: "fix", family: 1, cwe: "CWE-78", vulnerable: [place], needs: "intra" },
    { id: "broken", family: 1, cwe: "CWE-78", vulnerable: [place], needs: "intra" },
  ]);
  lines("ordinary.jsonl", [{ id: "commit", added_lines: 1 }]);
}

function bench(...args: string[]): string {
  const program = ["--import", "tsx", "bench/prs.ts", "--prs", join(folder.path, "prs.jsonl"), ...args];
  return execFileSync(process.execPath, program, { encoding: "utf8", stdio: "pipe" });
}

test("a run reviews every pull request, names the one that failed, and a second run takes up what is there", () => {
  writeBench();
  const first = bench("--family", "1", "--misses", "--comments", "--update-record");
  expect(first).toMatch(/4 reviews, .* 1 failed/);
  expect(first).toContain("- failed: reverse broken: ");
  expect(first).toMatch(/\| 1 input-validation +\| +2 \| +1\/2 50.0 % \|/);
  expect(first).toContain("- broken (family 1, CWE-78, intra): a command from the request");
  expect(first).toContain("- reverse fix app.py:6 RIGHT inline [command-injection, high]");
  const results = readFileSync(join(folder.path, "results.jsonl"), "utf8").trim().split("\n");
  expect(results).toHaveLength(4);

  const second = bench("--kind", "reversed");
  expect(second).toContain("No case moved since the record of engine");
  const again = readFileSync(join(folder.path, "results.jsonl"), "utf8").trim().split("\n");
  expect(again.slice(0, 4)).toEqual(results);
  // Only what failed was tried again.
  expect(again.slice(4).map((line) => JSON.parse(line).id)).toEqual(["broken"]);
}, 120_000);
