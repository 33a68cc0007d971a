import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run, type Trace } from "./interpreter.js";
import { firstCfg } from "./python.js";

interface RecordedProgram {
  readonly program: string;
  readonly runs: readonly { readonly oracle: readonly number[]; readonly trace: Trace }[];
}

/** Random programs and what CPython 3.11 did with them: see record-runs.py. */
const recorded: readonly RecordedProgram[] = JSON.parse(
  readFileSync(new URL("recorded-runs.golden.json", import.meta.url), "utf8"),
);

describe("a CFG that is run step by step", () => {
  it("does what CPython did, in the same order, on every recorded run", () => {
    for (const { program, runs } of recorded) {
      const cfg = firstCfg(program);
      for (const { oracle, trace } of runs) {
        expect(run(cfg, oracle), `${program}\noracle ${oracle.join(" ")}`).toEqual(trace);
      }
    }
  });
});
