// What most tests of the fake begin with: a shop with a pull request, and clients that speak to it.
import type { Octokit } from "@octokit/rest";
import { test as base } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "./fake-github.js";
import type { FakePull } from "./fake-pull.js";
import type { FakeRepository } from "./fake-repository.js";
import { asInstallation } from "./octokit.js";

export const where = { owner: "shop", repo: "web" } as const;
export const onPull = { ...where, pull_number: 1 } as const;

/** Lines "1" to `count`, with some of them replaced. */
export function numbered(count: number, replaced: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, index) => `${replaced[index + 1] ?? index + 1}\n`).join("");
}

interface Scene {
  readonly fake: FakeGitHub;
  /** a.py of 40 lines, gone.py of one, old.py of 20. */
  readonly repository: FakeRepository;
  /** Changes lines 5 and 30 of a.py, deletes gone.py, renames old.py to new.py with line 10 changed, adds added.py. */
  readonly pull: FakePull;
  /** Holds a token of the installation, for this repository. */
  readonly kit: Octokit;
}

/** A test that ends with the question whether everything was as GitHub describes it. */
export const test = base.extend<Scene>({
  fake: async ({ task: _ }, use) => {
    const fake = await startFakeGitHub();
    try {
      await use(fake);
      fake.assertFaithful();
    } finally {
      await fake.stop();
    }
  },
  repository: async ({ fake }, use) => {
    const files = { "a.py": numbered(40), "gone.py": "bye\n", "old.py": numbered(20) };
    await use(fake.createRepository({ owner: where.owner, name: where.repo, files, private: true }));
  },
  pull: async ({ repository }, use) => {
    const edits = {
      "a.py": numbered(40, { 5: "five", 30: "thirty" }),
      "gone.py": null,
      "old.py": null,
      "new.py": numbered(20, { 10: "ten" }),
      "added.py": "x = 1\ny = 2\n",
    };
    repository.commit("feature", edits, "Change things", { author: "ann" });
    await use(repository.openPull({ head: "feature", title: "Change things", author: "ann" }));
  },
  kit: async ({ fake, repository }, use) => use(await asInstallation(fake, repository)),
});
