import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const SAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = ?", (name,))
`;
const UNSAFE = `def find(db, name):
    return db.execute("SELECT * FROM users WHERE name = '" + name + "'")
`;
const WRITING = { metadata: "read", contents: "write", pull_requests: "write", checks: "write" } as const;

const module = (n: number, query: string): string => `# ${n}\n${query}`;
const modules = (query: (n: number) => string) =>
  Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`shop/m${n}.py`, module(n, query(n))]));

for (const [where, permissions] of [
  ["that lets us read", undefined],
  ["that lets us resolve threads", WRITING],
] as const) {
  describe(`requests for ten files and five findings, at an installation ${where}`, () => {
    let stage: Stage;
    let repository: FakeRepository;
    let pull: FakePull;
    beforeEach(async () => {
      stage = await setStage(permissions === undefined ? {} : { permissions });
      repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: modules(() => SAFE) });
      repository.setRole("maria", "write");
      repository.commit(
        "feature",
        modules((n) => (n < 5 ? UNSAFE : `${SAFE}X = 1\n`)),
        "Change",
      );
      pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
      await stage.settle();
    });
    afterEach(() => stage.end());

    /** All that GitHub was asked, tokens and downloads among it. */
    const asked = () => stage.fake.requests.length;
    const costOf = async (step: () => unknown): Promise<number> => {
      const before = asked();
      step();
      await stage.settle();
      return asked() - before;
    };

    it("are at most 25", () => {
      expect(pull.conversation().threads).toHaveLength(5);
      expect(asked()).toBeLessThanOrEqual(25);
    });

    it("are at most 12 for a push that brings one more finding, and for one that leaves all as it was", async () => {
      expect(await costOf(() => pull.push({ "shop/m5.py": module(5, UNSAFE) }))).toBeLessThanOrEqual(12);
      expect(
        await costOf(() => pull.push({ "shop/m6.py": module(6, `${SAFE}X = 2\n`) })),
      ).toBeLessThanOrEqual(12);
    });

    it("are at most 12 for a push that fixes one", async () => {
      expect(await costOf(() => pull.push({ "shop/m0.py": module(0, SAFE) }))).toBeLessThanOrEqual(12);
      expect(pull.conversation().threads[0]!.comments[0]!.body).toContain("Fixed in");
    });

    it("are two for an event after which there is nothing to do", async () => {
      expect(await costOf(() => pull.setDraft(false))).toBe(2);
    });
  });
}
