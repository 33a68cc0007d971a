import { beforeEach, describe, expect, it } from "vitest";
import { type CountedFinding, type Outcomes, openOutcomes } from "../../src/store/outcomes.js";
import type { Sql } from "../../src/store/sql.js";

const pull = { repository: 1, owner: "acme", repo: "shop", pull: 7 };
const finding = (fingerprint: string, path = "a.py"): CountedFinding => ({
  fingerprint,
  rule: "sql-injection",
  path,
  severity: "high",
  confidence: "high",
});
const isReviewed = () => true;

/** @param open a fresh, empty database */
export function describeOutcomes(name: string, open: () => Promise<Sql>): void {
  describe(name, () => {
    let outcomes: Outcomes;
    let time: number;
    beforeEach(async () => {
      time = 1_000;
      outcomes = openOutcomes(await open(), () => time);
    });
    const say = (...findings: CountedFinding[]) =>
      outcomes.record(pull, { findings, dismissed: [], isReviewed });
    const states = async () => (await outcomes.list(0)).map(({ state, time }) => [state, time]);

    it("counts a finding that a later review no longer has as fixed, with the time that took", async () => {
      await say(finding("a"), finding("b"));
      time = 5_000;
      await say(finding("b"));
      expect(await outcomes.list(0)).toEqual([
        { repository: "acme/shop", rule: "sql-injection", state: "fixed", time: 4_000 },
        { repository: "acme/shop", rule: "sql-injection", state: "open", time: undefined },
      ]);
    });

    it("counts a finding once, however often it is said, from the first time on", async () => {
      await say(finding("a"));
      time = 2_000;
      await say(finding("a"));
      time = 3_000;
      await say();
      await say();
      expect(await states()).toEqual([["fixed", 2_000]]);
    });

    it("opens a finding again that is back", async () => {
      await say(finding("a"));
      await say();
      await say(finding("a"));
      expect(await states()).toEqual([["open", undefined]]);
    });

    it("does not take a finding for fixed whose file was not looked at", async () => {
      await say(finding("a", "huge.py"));
      await outcomes.record(pull, {
        findings: [],
        dismissed: [],
        isReviewed: (path) => path !== "huge.py",
      });
      expect(await states()).toEqual([["open", undefined]]);
    });

    it("counts what people set aside as dismissed, and as open once it is restored", async () => {
      await say(finding("a"));
      time = 1_500;
      await outcomes.record(pull, { findings: [], dismissed: [finding("a"), finding("b")], isReviewed });
      expect(await states()).toEqual([
        ["dismissed", 500],
        ["dismissed", 0],
      ]);
      await say(finding("a"));
      expect((await states())[0]).toEqual(["open", undefined]);
    });

    it("counts what is open at the merge as merged over, and nothing else", async () => {
      await say(finding("a"), finding("b"));
      await say(finding("b"));
      time = 9_000;
      await outcomes.close(1, 7, true);
      await outcomes.close(1, 7, true);
      expect(await states()).toEqual([
        ["fixed", 0],
        ["merged", 8_000],
      ]);
    });

    it("says nothing of what is left in a pull request that is closed without a merge", async () => {
      await say(finding("a"));
      await outcomes.close(1, 7, false);
      expect(await states()).toEqual([["closed", 0]]);
      await outcomes.reopen(1, 7);
      expect(await states()).toEqual([["open", undefined]]);
    });

    it("keeps pull requests apart, and leaves out what is older than asked for", async () => {
      await say(finding("a"));
      time = 2_000;
      await outcomes.record({ ...pull, pull: 8 }, { findings: [finding("a")], dismissed: [], isReviewed });
      await outcomes.close(1, 8, true);
      expect(await states()).toEqual([
        ["open", undefined],
        ["merged", 0],
      ]);
      expect(await outcomes.list(2_000)).toHaveLength(1);
    });
  });
}
