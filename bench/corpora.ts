// Quality over annotated corpora: `npm run bench:corpora -- DIR`. What it measures is in bench/README.md.
import { join, resolve } from "node:path";
import { Command } from "commander";
import { MANIFEST_FAMILIES, readManifest } from "./corpora/manifest.js";
import { movesBetween, readRecord, writeRecord } from "./corpora/record.js";
import { corpusTable, wrongList } from "./corpora/report.js";
import type { Corpus } from "./corpora/scan-process.js";
import { type ScannedFinding, scorePlaces } from "./corpora/score.js";
import { engineHash } from "./engine.js";
import { moveList } from "./moves.js";
import { runPool } from "./pool.js";
import { showProgress } from "./progress.js";

interface Options {
  readonly manifest?: string;
  readonly corpus?: string;
  readonly record?: string;
  readonly updateRecord?: boolean;
  readonly jobs: string;
  readonly misses?: boolean;
}

const program = new Command("bench:corpora")
  .description(
    "Scans annotated corpora and says how many of their places were found, and what was said in vain.",
  )
  .argument("<folder>", "the corpora, each in a folder")
  .option("--manifest <file>", "the marked places (default: manifest.jsonl in the folder)")
  .option("--corpus <names>", "only these, separated by commas")
  .option("--record <file>", "the verdicts to compare with (default: record.json in the folder)")
  .option("--update-record", "record the verdicts of this run")
  .option("--jobs <number>", "processes at once", "2")
  .option("--misses", "list what was not found and what was said in vain")
  .parse();
await run(resolve(program.args[0]!), program.opts<Options>());

async function run(root: string, options: Options): Promise<void> {
  const manifest = readManifest(options.manifest ?? join(root, "manifest.jsonl"));
  const chosen = options.corpus?.split(",");
  const places = manifest.filter(({ corpus }) => chosen?.includes(corpus) ?? true);
  const folders = [...new Set(places.map(({ file }) => corpusFolder(file)))].sort();
  const engine = engineHash();
  const findings = await scanAll(root, folders, Number(options.jobs));
  const verdicts = scorePlaces(places, findings);
  const say = (text: string) => console.log(`${text}\n`);
  say(
    `Engine ${engine}: ${findings.length} findings in ${folders.length} folders, ${places.length} marked places.`,
  );
  say(corpusTable(verdicts, [...Object.values(MANIFEST_FAMILIES), "crypto", "config", "other"]));
  if (options.misses) say(wrongList(verdicts));
  const recordFile = options.record ?? join(root, "record.json");
  const before = readRecord(recordFile);
  say(
    before
      ? moveList(movesBetween(before, verdicts), before.engine)
      : `There is no record at ${recordFile} yet.`,
  );
  if (!options.updateRecord) return;
  writeRecord(recordFile, engine, verdicts, before);
  say(`Recorded in ${recordFile}.`);
}

/** A corpus is one folder; what was taken out of tests lies one folder deeper, below a name that starts with "_". */
function corpusFolder(file: string): string {
  const parts = file.split("/");
  return parts.slice(0, parts[0]!.startsWith("_") ? 2 : 1).join("/");
}

/** @throws Error when a corpus cannot be scanned: without it the figures would mean nothing */
async function scanAll(
  root: string,
  folders: readonly string[],
  jobs: number,
): Promise<readonly ScannedFinding[]> {
  const found: ScannedFinding[] = [];
  const progress = showProgress("corpora", folders.length);
  await runPool<Corpus, readonly ScannedFinding[]>(
    folders.map((folder) => ({ root, folder })),
    {
      entry: new URL("./corpora/scan-process.ts", import.meta.url),
      jobs,
      timeout: 600_000,
      memory: 4096,
      group: ({ folder }) => folder,
      ended({ folder }, outcome) {
        if (outcome.kind === "failed") throw new Error(`${folder}: ${outcome.reason}`);
        found.push(...outcome.answer);
        progress.step(folder);
      },
    },
  );
  progress.stop();
  return found;
}
