// Quality over real pull requests: `npm run bench:prs -- --prs DIR/prs.jsonl`. What it measures is in bench/README.md.
import { dirname, join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { FAMILIES } from "../src/rules/finding.js";
import { engineHash } from "./engine.js";
import { moveList } from "./moves.js";
import { runPool } from "./pool.js";
import { showProgress } from "./progress.js";
import { type Bench, DIRECTIONS, type Direction, type Pull, readBench } from "./prs/facts.js";
import { movesBetween, readRecord, recordOf, writeRecord } from "./prs/record.js";
import { commentList, familyTable, missList, runSummary } from "./prs/report.js";
import { appendResult, type Result, readResults, resultKey } from "./prs/results.js";
import type { Reviewed } from "./prs/review-process.js";
import { score } from "./prs/score.js";
import { select } from "./prs/select.js";

interface Options {
  readonly prs: string;
  readonly set?: string;
  readonly out?: string;
  readonly record?: string;
  readonly updateRecord?: boolean;
  readonly family?: readonly number[];
  readonly kind: readonly Direction[];
  readonly sample?: number;
  readonly jobs: number;
  readonly timeout: number;
  readonly all?: boolean;
  readonly misses?: boolean;
  readonly comments?: boolean;
}

const program = new Command("bench:prs")
  .description("Reviews the pull requests of a bench and says what was detected, missed and said in vain.")
  .requiredOption("--prs <file>", "the pull requests, as JSON lines")
  .option("--set <folder>", "with fixes.jsonl and ordinary.jsonl (default: the folder of --prs)")
  .option("--out <file>", "where results are kept (default: results.jsonl beside --prs)")
  .option("--record <file>", "the verdicts to compare with (default: record.json beside --out)")
  .option("--update-record", "record the verdicts of this run")
  .option("--family <numbers>", "only these, for instance 1,3", families)
  .addOption(
    new Option("--kind <kinds>", "reversed, forward, ordinary").argParser(kinds).default(DIRECTIONS, "all"),
  )
  .option("--sample <number>", "only as many fixes and ordinary commits, always the same", count)
  .option("--jobs <number>", "processes at once", count, 2)
  .option("--timeout <seconds>", "for one review", count, 120)
  .option("--all", "count what is said in the summary too")
  .option("--misses", "list what was not detected, and what is said after the fix")
  .option("--comments", "list every comment with its place and text")
  .parse();
await run(program.opts<Options>());

async function run(options: Options): Promise<void> {
  const prs = resolve(options.prs);
  const out = resolve(options.out ?? join(dirname(prs), "results.jsonl"));
  const engine = engineHash();
  const bench = select(readBench(prs, options.set ?? dirname(prs)), {
    directions: options.kind,
    families: options.family && new Set(options.family),
    sample: options.sample,
  });
  const results = await reviewAll(bench, engine, out, options);
  report(bench, results, engine, resolve(options.record ?? join(dirname(out), "record.json")), options);
}

/** Results of all pull requests: those that are kept, and the others made now and kept. */
async function reviewAll(
  { pulls }: Bench,
  engine: string,
  out: string,
  { jobs, timeout }: Options,
): Promise<ReadonlyMap<string, Result>> {
  const results = readResults(out, engine);
  const missing = pulls.filter((pull) => !results.has(resultKey(pull)));
  const progress = showProgress("reviews", missing.length);
  await runPool<Pull, Reviewed>(missing, {
    entry: new URL("./prs/review-process.ts", import.meta.url),
    jobs,
    timeout: timeout * 1000,
    memory: 4096,
    group: (pull) => pull.git_dir,
    ended({ id, direction }, outcome) {
      const done = outcome.kind === "done" ? outcome.answer : undefined;
      if (done && done.engine !== engine) throw new Error("the sources changed while the bench was running");
      const failed = outcome.kind === "failed" ? { failed: outcome.reason } : {};
      const result = { engine, id, direction, ms: outcome.ms, comments: done?.comments ?? [], ...failed };
      appendResult(out, result);
      results.set(resultKey(result), result);
      progress.step(id);
    },
  });
  progress.stop();
  return new Map(
    pulls.flatMap((pull) => {
      const result = results.get(resultKey(pull));
      return result ? [[resultKey(pull), result]] : [];
    }),
  );
}

function report(
  bench: Bench,
  results: ReadonlyMap<string, Result>,
  engine: string,
  recordFile: string,
  options: Options,
): void {
  const all = options.all ?? false;
  const ran = new Set(options.kind);
  const verdicts = score(bench, results, all);
  const shown = { score: verdicts, families: options.family ?? FAMILIES.map((_, index) => index + 1), ran };
  const say = (text: string) => console.log(`${text}\n`);
  say(runSummary([...results.values()], engine));
  say(familyTable(shown));
  if (options.misses) say(missList(shown));
  if (options.comments) say(commentList(bench, results, shown.families, all));
  const before = readRecord(recordFile);
  const now = recordOf(verdicts, engine, ran);
  say(
    before ? moveList(movesBetween(before, now), before.engine) : `There is no record at ${recordFile} yet.`,
  );
  if (!options.updateRecord) return;
  writeRecord(recordFile, now, before);
  say(`Recorded in ${recordFile}.`);
}

function families(text: string): readonly number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((number) => Number.isInteger(number) && FAMILIES[number - 1] !== undefined))
    return numbers;
  throw new InvalidArgumentError(`Families are the numbers 1 to ${FAMILIES.length}.`);
}

function kinds(text: string): readonly Direction[] {
  return text.split(",").map((word) => {
    const direction = DIRECTIONS.find((each) => each === word || `${each}d` === word);
    if (direction === undefined) throw new InvalidArgumentError("Kinds are reversed, forward, ordinary.");
    return direction;
  });
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It is a whole number above 0.");
}
