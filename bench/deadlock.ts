// Do the programs of test/standstill really stand still, and their twins really end? `npm run bench:deadlock`
import { readdirSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { programsIn } from "./deadlock/programs.js";
import { outcomeOf } from "./deadlock/run-program.js";

const program = new Command("bench:deadlock")
  .description(
    "Runs the small programs of test/standstill: one of each pair stands still or leaks, the other ends.",
  )
  .option("--seconds <number>", "after which a program counts as standing still", Number, 3)
  .parse();
await run(program.opts<{ readonly seconds: number }>());

async function run({ seconds }: { readonly seconds: number }): Promise<void> {
  const folder = new URL("../test/standstill/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const counts = { blocks: 0, leaks: 0, ends: 0 };
  let wrong = 0;
  for (const file of files) {
    for (const { title, outcome, source } of programsIn(readFileSync(new URL(file, folder), "utf8"))) {
      const really = await outcomeOf(source, outcome === "ends" ? seconds * 5 : seconds);
      counts[outcome]++;
      if (really === outcome) continue;
      wrong++;
      console.log(`- ${file}: "${title}" should be: ${outcome}; it was: ${really}`);
    }
  }
  console.log(
    `${counts.blocks} stand still, ${counts.leaks} leak, ${counts.ends} twins end; ${wrong} otherwise.`,
  );
  if (wrong > 0) process.exitCode = 1;
}
