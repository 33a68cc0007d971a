#!/usr/bin/env node
// Entry of the command line: wires the process to the commands.
import { writeSync } from "node:fs";
import pc from "picocolors";
import { noCache } from "./base/source.js";
import { factsFile } from "./cli/facts-file.js";
import { type Engine, run, type Terminal } from "./cli/run.js";
import { storedOutcomes } from "./cli/stats/stored.js";
import { review } from "./review/run.js";
import { RULES } from "./rules/registry.js";
import { openFacts } from "./store/facts.js";

const progress = { write: (text: string) => void writeSync(2, text), now: () => performance.now() };
const terminal: Terminal = {
  cwd: process.cwd(),
  colour: process.stdout.isTTY === true && pc.isColorSupported,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  ...(process.stderr.isTTY ? { progress } : {}),
};

// A reader that has seen enough (`hognose ... | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  const engine: Engine = {
    rules: RULES,
    outcomes: (since) => storedOutcomes(process.env, since),
    review(snapshot, policy, keeps, configured) {
      if (!keeps) return review(snapshot, RULES, noCache, policy, configured);
      const facts = openFacts(factsFile(process.env));
      const result = review(snapshot, RULES, facts, policy, configured);
      facts.close();
      const problem = facts.problem();
      if (problem !== undefined) terminal.error(`hognose: the cache was not used: ${problem}\n`);
      return result;
    },
  };
  process.exitCode = await run(process.argv.slice(2), engine, terminal);
} catch (error) {
  // Exit code 1 would say that the gate failed.
  const stack = process.env.HOGNOSE_DEBUG ? `\n${(error as Error).stack}` : " (HOGNOSE_DEBUG=1 shows where)";
  terminal.error(`hognose: internal error: ${(error as Error).message}${stack}\n`);
  process.exitCode = 2;
}
