import { beforeEach, describe, expect, it } from "vitest";
import { type Dismissals, openDismissals } from "../../src/store/dismissals.js";
import { openLastReviews } from "../../src/store/last-reviews.js";
import { openPauses } from "../../src/store/pauses.js";
import type { Sql } from "../../src/store/sql.js";

const place = { installation: 3, repository: 1, owner: "acme", repo: "shop", pull: 7 };
const dismissal = { fingerprint: "aaaaaaaaaaaaaaaa", by: "maria", reason: "a fixture" };

/** @param open a fresh, empty database */
export function describePeople(name: string, open: () => Promise<Sql>): void {
  describe(`${name}: dismissals`, () => {
    let dismissals: Dismissals;
    let time: number;
    beforeEach(async () => {
      time = 1_000;
      dismissals = openDismissals(await open(), () => time);
    });
    const list = () => dismissals.list(1, 7);

    it("count until they are taken back, and again when they are said again", async () => {
      await dismissals.dismiss(place, dismissal, { at: 1, comment: 1 });
      expect(await list()).toEqual([dismissal]);
      await dismissals.restore(place, dismissal.fingerprint, "theo", { at: 2, comment: 2 });
      expect(await list()).toEqual([]);
      await dismissals.dismiss(place, { ...dismissal, reason: "still" }, { at: 3, comment: 3 });
      expect(await list()).toEqual([{ ...dismissal, reason: "still" }]);
    });

    it("follow the last word, whatever comes last, and the later comment of one second", async () => {
      await dismissals.restore(place, dismissal.fingerprint, "theo", { at: 2, comment: 2 });
      await dismissals.dismiss(place, dismissal, { at: 1, comment: 1 });
      await dismissals.dismiss(place, dismissal, { at: 2, comment: 1 });
      expect(await list()).toEqual([]);
      await dismissals.dismiss(place, dismissal, { at: 2, comment: 3 });
      expect(await list()).toEqual([dismissal]);
    });

    it("end by themselves, and tell so", async () => {
      await dismissals.dismiss(place, { ...dismissal, until: 5_000 }, { at: 1, comment: 1 });
      expect(await list()).toEqual([{ ...dismissal, until: 5_000 }]);
      expect(await dismissals.ended(0)).toEqual([]);
      time = 5_000;
      expect(await list()).toEqual([]);
      expect(await dismissals.ended(0)).toEqual([place]);
      expect(await dismissals.ended(5_001)).toEqual([]);
    });

    it("are of one pull request", async () => {
      await dismissals.dismiss({ ...place, pull: 8 }, dismissal, { at: 1, comment: 1 });
      expect(await list()).toEqual([]);
    });
  });

  describe(`${name}: pauses`, () => {
    it("follow the last word, whatever comes last", async () => {
      const pauses = openPauses(await open());
      expect(await pauses.pausedBy(1, 7)).toBeUndefined();
      await pauses.set(1, 7, true, "maria", { at: 1, comment: 1 });
      expect(await pauses.pausedBy(1, 7)).toBe("maria");
      expect(await pauses.pausedBy(1, 8)).toBeUndefined();
      await pauses.set(1, 7, false, "theo", { at: 3, comment: 3 });
      await pauses.set(1, 7, true, "maria", { at: 2, comment: 2 });
      expect(await pauses.pausedBy(1, 7)).toBeUndefined();
    });
  });

  describe(`${name}: last reviews`, () => {
    it("are replaced by the next one", async () => {
      const reviews = openLastReviews(await open(), (value) => value as { readonly n: number });
      expect(await reviews.of(1, 7)).toBeUndefined();
      await reviews.save(1, 7, { n: 1 });
      await reviews.save(1, 7, { n: 2 });
      await reviews.save(1, 8, { n: 3 });
      expect(await reviews.of(1, 7)).toEqual({ n: 2 });
    });
  });
}
