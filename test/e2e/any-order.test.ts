import fc from "fast-check";
import { expect, it } from "vitest";
import { readMarker } from "../../src/review/marker.js";
import type { Dismissals } from "../../src/store/dismissals.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import { BASE, end, newWorld, onDatabase, step, take, type World, WRITING } from "./happenings.js";
import { setStage } from "./harness.js";
import { likeness } from "./likeness.js";

/** More for a long search: HOGNOSE_RUNS=200 npx vitest run test/e2e/any-order.test.ts */
const RUNS = Number(process.env.HOGNOSE_RUNS ?? 6);

type Listed = Awaited<ReturnType<Dismissals["list"]>>;

/** The conversation of a pull request that never had another head, whose dismissals were there before it. */
async function freshConversation(world: World, dismissals: Listed) {
  const stage = await setStage({ permissions: WRITING });
  const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: BASE });
  const place = { installation: 0, repository: repository.record.id, owner: "acme", repo: "shop", pull: 1 };
  await onDatabase(stage, async (store) => {
    for (const dismissal of dismissals) await store.dismiss(place, dismissal, { at: 1, comment: 1 });
  });
  const gone = Object.fromEntries(Object.keys(BASE).map((path) => [path, null]));
  repository.commit("feature", { ...gone, ...world.files }, "Change");
  const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
  await stage.settle();
  const conversation = pull.conversation();
  await stage.end();
  return conversation;
}

type Said = ReturnType<FakePull["conversation"]>;

/** Fingerprints of the findings that the comments speak of as open, sorted. */
const open = ({ threads }: Said): readonly string[] =>
  threads
    .filter(({ comments }) => readMarker(comments[0]!.body)?.state === "open")
    .map(({ comments }) => readMarker(comments[0]!.body)!.fingerprint)
    .sort();
const lastCheck = (said: Said) =>
  (likeness({ ...said, checkRuns: said.checkRuns.slice(-1) }) as { readonly checkRuns: readonly object[] })
    .checkRuns[0];

/** By the commands that were obeyed, in the order in which they were written. */
function expectLastWords({ pull }: World, dismissals: Listed): void {
  const last = new Map<string, string>();
  for (const { body, reactions } of pull.conversation().comments) {
    const [, word, id] = /^\/hognose (dismiss|restore) ([0-9a-f]{8})/.exec(body) ?? [];
    if (word !== undefined && reactions.includes("+1 by hognose[bot]")) last.set(id!, word);
  }
  const dismissed = [...last].filter(([, word]) => word === "dismiss").map(([id]) => id);
  expect(dismissals.map(({ fingerprint }) => fingerprint.slice(0, 8)).sort()).toEqual(dismissed.sort());
}

it("whatever happens in whatever order, the conversation is that of a fresh review with the dismissals", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 3, maxLength: 14 }),
      async (steps) => {
        const world = await newWorld();
        const { stage, repository, pull } = world;
        try {
          for (const [taken, isCalm] of steps) {
            await take(world, taken);
            // Else the next step comes while this one is still worked on.
            if (isCalm) await stage.settle();
          }
          await end(world);
          const dismissals = await onDatabase(stage, (store) => store.list(repository.record.id, 1));
          const said = pull.conversation();
          const fresh = await freshConversation(world, dismissals);
          expectLastWords(world, dismissals);
          expect(open(said)).toEqual(open(fresh));
          expect(lastCheck(said)).toEqual(lastCheck(fresh));
          const ours = said.threads.map(({ comments }) => readMarker(comments[0]!.body)!);
          expect(new Set(ours.map(({ fingerprint }) => fingerprint)).size, "said once").toBe(ours.length);
          expect(said.threads.map(({ resolved }) => resolved)).toEqual(
            ours.map(({ state }) => state !== "open"),
          );
          for (const { status } of repository.checkRuns) expect(status).toBe("completed");
        } finally {
          await stage.end();
        }
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 1_800_000);
