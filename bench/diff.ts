// What a change costs and what it is not: `npm run bench:diff -- [DIR] [--black black] [--lines 10000,100000,1000000]`.
// The same pull request of ten files in padded repositories of growing size, warm; then, in the Python files of DIR,
// changes that only look different, of which each must say nothing. Exit 1 when a figure is not as it must be.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { paddedRepository } from "./diff/padding.js";
import { moved, readSample, reformatted, renamed } from "./diff/refactorings.js";
import { reviewFiles } from "./diff/review-files.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    black: { type: "string" },
    lines: { type: "string", default: "10000,100000,1000000" },
    files: { type: "string", default: "200" },
  },
});
const MOST = 2;
const RUNS = 3;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const isScaling = measureSizes(values.lines.split(",").map(Number));
const isSilent = positionals[0] === undefined || measureRefactorings(positionals[0], Number(values.files));
process.exit(isScaling && isSilent ? 0 : 1);

/** Does the largest repository cost at most twice what the smallest does? */
function measureSizes(sizes: readonly number[]): boolean {
  say("| lines | files | findings | first | warm, best of 3 |\n|---:|---:|---:|---:|---:|");
  const times = sizes.map((lines) => {
    const { base, head } = paddedRepository(lines);
    const cache = new Map<string, string>();
    const first = reviewFiles(base, head, cache);
    const again = Array.from({ length: RUNS }, () => reviewFiles(base, head, cache).ms);
    const best = Math.min(...again);
    say(`| ${lines} | ${base.size} | ${first.said.length} | ${first.ms} ms | ${best} ms |`);
    return best;
  });
  const factor = Math.max(...times) / times[0]!;
  say(`\nThe slowest takes ${factor.toFixed(2)} times as long as the smallest (at most ${MOST}).\n`);
  return factor <= MOST;
}

function measureRefactorings(folder: string, count: number): boolean {
  const paths = (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => path.endsWith(".py"))
    .sort();
  const base = readSample(folder, paths, count);
  say(`${base.size} files of ${join(folder)}`);
  const { black } = values;
  const changes = [
    ["100 functions renamed", () => renamed(base, 100)] as const,
    ["50 functions moved", () => moved(base, 50)] as const,
    ...(black ? [["reformatted", () => reformatted(base, black)] as const] : []),
  ];
  const findings = changes.flatMap(([title, change]) => {
    const { said, ms, changed } = reviewFiles(base, change(), new Map());
    say(`${title}: ${changed} files changed, ${said.length} findings, ${ms} ms`);
    for (const each of said) say(`  ${each}`);
    return said;
  });
  return findings.length === 0;
}
