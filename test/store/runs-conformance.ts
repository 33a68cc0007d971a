import { beforeEach, describe, expect, it } from "vitest";
import { openChores } from "../../src/store/chores.js";
import { openRuns, type RunPlace, type RunSubject, type Runs } from "../../src/store/runs.js";
import type { Sql } from "../../src/store/sql.js";

const subject: RunSubject = {
  repository: 1,
  pull: 7,
  baseSha: "b".repeat(40),
  headSha: "h".repeat(40),
  engine: "1",
};

const place: RunPlace = { installation: 3, owner: "acme", repo: "shop" };

/** @param open a fresh, empty database */
export function describeRuns(name: string, open: () => Promise<Sql>): void {
  describe(name, () => {
    let runs: Runs;
    beforeEach(async () => {
      runs = openRuns(await open());
    });

    it("takes up a run that a crash has interrupted, with its check run", async () => {
      const run = await runs.begin(subject, place);
      await runs.setCheckRun(run, 42);
      expect(run).toMatchObject({ isNew: true, checkRun: undefined });
      expect(await runs.begin(subject, place)).toEqual({ ...run, checkRun: 42, isNew: false });
    });

    it("knows a review that was made, until somebody asks for another", async () => {
      const run = await runs.begin(subject, place);
      expect(await runs.isDone(subject)).toBe(false);
      await runs.finish(run, { state: "done", conclusion: "success", findings: 0 });
      expect(await runs.isDone(subject)).toBe(true);
      await runs.forget(1, 7);
      expect(await runs.isDone(subject)).toBe(false);
    });

    it("does not count a review after which another was begun", async () => {
      await runs.finish(await runs.begin(subject, place), {
        state: "done",
        conclusion: "success",
        findings: 0,
      });
      await runs.begin({ ...subject, pull: 8 }, place);
      expect(await runs.isDone(subject)).toBe(true);
      await runs.begin({ ...subject, headSha: "n".repeat(40) }, place);
      expect(await runs.isDone(subject)).toBe(false);
    });

    it("does not take another base, head or engine for the same review", async () => {
      await runs.finish(await runs.begin(subject, place), {
        state: "done",
        conclusion: "success",
        findings: 0,
      });
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
      await runs.finish(await runs.begin(subject, place), {
        state: "failed",
        conclusion: "failure",
        findings: 0,
      });
      expect(await runs.isDone(subject)).toBe(false);
    });

    it("lists the unfinished runs of a pull request, whatever their head", async () => {
      const old = await runs.begin(subject, place);
      const next = await runs.begin({ ...subject, headSha: "n".repeat(40) }, place);
      await runs.begin({ ...subject, pull: 8 }, place);
      expect((await runs.unfinished(1, 7)).map((run) => run.id)).toEqual([old.id, next.id]);
      await runs.finish(old, { state: "superseded", conclusion: "cancelled", findings: 0 });
      expect((await runs.unfinished(1, 7)).map((run) => run.id)).toEqual([next.id]);
    });

    it("finds what was begun long ago and has not ended, and where it is", async () => {
      const run = await runs.begin(subject, place);
      await runs.finish(await runs.begin({ ...subject, pull: 8 }, place), {
        state: "done",
        conclusion: "success",
        findings: 0,
      });
      expect(await runs.inWorkSince(Date.now() + 1)).toEqual([{ ...run, isNew: false, place }]);
      expect(await runs.inWorkSince(0)).toEqual([]);
    });

    it("knows the heads of which a review was begun", async () => {
      await runs.begin(subject, place);
      expect(await runs.knowsHead(1, 7, subject.headSha)).toBe(true);
      expect(await runs.knowsHead(1, 7, "n".repeat(40))).toBe(false);
      expect(await runs.knowsHead(1, 8, subject.headSha)).toBe(false);
    });
  });

  describe(`${name}: chores`, () => {
    it("are begun by one of all who ask, and again after their time", async () => {
      const sql = await open();
      const clock = { now: 1_000_000 };
      const chores = openChores(sql, () => clock.now);
      const others = openChores(sql, () => clock.now);
      expect(await Promise.all([chores.begin("sweep", 60_000), others.begin("sweep", 60_000)])).toHaveLength(
        2,
      );
      expect(await chores.begin("other", 60_000)).toBe(true);
      clock.now += 59_999;
      expect(await chores.begin("sweep", 60_000)).toBe(false);
      clock.now += 1;
      const begun = await Promise.all([chores.begin("sweep", 60_000), others.begin("sweep", 60_000)]);
      expect(begun.filter((isOurs) => isOurs)).toHaveLength(1);
    });
  });
}
