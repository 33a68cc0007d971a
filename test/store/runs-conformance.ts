import { beforeEach, describe, expect, it } from "vitest";
import { openRuns, type RunSubject, type Runs } from "../../src/store/runs.js";
import type { Sql } from "../../src/store/sql.js";

const subject: RunSubject = {
  repository: 1,
  pull: 7,
  baseSha: "b".repeat(40),
  headSha: "h".repeat(40),
  engine: "1",
};

/** @param open a fresh, empty database */
export function describeRuns(name: string, open: () => Promise<Sql>): void {
  describe(name, () => {
    let runs: Runs;
    beforeEach(async () => {
      runs = openRuns(await open());
    });

    it("takes up a run that a crash has interrupted, with its check run", async () => {
      const run = await runs.begin(subject);
      await runs.setCheckRun(run, 42);
      expect(run).toMatchObject({ isNew: true, checkRun: undefined });
      expect(await runs.begin(subject)).toEqual({ ...run, checkRun: 42, isNew: false });
    });

    it("knows a review that was made, until somebody asks for another", async () => {
      const run = await runs.begin(subject);
      expect(await runs.isDone(subject)).toBe(false);
      await runs.finish(run, { state: "done", conclusion: "success", findings: 0 });
      expect(await runs.isDone(subject)).toBe(true);
      await runs.forget(1, 7);
      expect(await runs.isDone(subject)).toBe(false);
    });

    it("does not take another base, head or engine for the same review", async () => {
      await runs.finish(await runs.begin(subject), { state: "done", conclusion: "success", findings: 0 });
      for (const other of [
        { baseSha: "c" },
        { headSha: "c" },
        { engine: "2" },
        { pull: 8 },
        { repository: 2 },
      ]) {
        expect(await runs.isDone({ ...subject, ...other })).toBe(false);
      }
    });

    it("does not count a failed review as made", async () => {
      await runs.finish(await runs.begin(subject), { state: "failed", conclusion: "failure", findings: 0 });
      expect(await runs.isDone(subject)).toBe(false);
    });

    it("lists the unfinished runs of a pull request, whatever their head", async () => {
      const old = await runs.begin(subject);
      const next = await runs.begin({ ...subject, headSha: "n".repeat(40) });
      await runs.begin({ ...subject, pull: 8 });
      expect((await runs.unfinished(1, 7)).map((run) => run.id)).toEqual([old.id, next.id]);
      await runs.finish(old, { state: "superseded", conclusion: "cancelled", findings: 0 });
      expect((await runs.unfinished(1, 7)).map((run) => run.id)).toEqual([next.id]);
    });
  });
}
