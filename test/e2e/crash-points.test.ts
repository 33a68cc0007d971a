import { describe, expect, it } from "vitest";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";
import { likeness } from "./likeness.js";

const unsafe = (table: string) => `def find_${table}(db, name):
    return db.execute("SELECT * FROM ${table} WHERE name = '" + name + "'")
`;
/** More findings than comments, and more of the rest than annotations in one request. */
const MANY = Array.from({ length: 80 }, (_, n) => unsafe(`t${n}`)).join("\n");
const SAFE = "x = 1\n";

const WRITING = { metadata: "read", contents: "write", pull_requests: "write", checks: "write" } as const;

interface Scene {
  readonly stage: Stage;
  readonly repository: FakeRepository;
  readonly pull: FakePull;
}

interface Story {
  /** What the head holds at first, and what has been said since. */
  readonly before: (scene: Scene) => Promise<void>;
  /** The step in which the app is killed. */
  readonly step: (scene: Scene) => void;
}

const idIn = ({ pull }: Scene): string =>
  /dismiss ([0-9a-f]{8})/.exec(pull.conversation().threads[0]!.comments[0]!.body)![1]!;
const nothing = async () => undefined;
const push = async ({ stage, pull }: Scene, edits: Record<string, string>) => {
  pull.push(edits);
  await stage.settle();
};
const say = async ({ stage, pull }: Scene, body: string) => {
  pull.comment("maria", body);
  await stage.settle();
};

const STORIES: Readonly<Record<string, Story>> = {
  "a review with more findings than comments": {
    before: nothing,
    step: ({ pull }) => pull.push({ "many.py": MANY }),
  },
  "a push that fixes one finding, keeps one and brings one": {
    before: (scene) => push(scene, { "a.py": unsafe("a"), "b.py": unsafe("b") }),
    step: ({ pull }) => pull.push({ "a.py": SAFE, "c.py": unsafe("c") }),
  },
  "a push that brings a finding back": {
    before: async (scene) => {
      await push(scene, { "a.py": unsafe("a") });
      await push(scene, { "a.py": SAFE });
    },
    step: ({ pull }) => pull.push({ "a.py": unsafe("a") }),
  },
  "a dismissal": {
    before: (scene) => push(scene, { "a.py": unsafe("a") }),
    step: (scene) => scene.pull.comment("maria", `/hognose dismiss ${idIn(scene)} a fixture`),
  },
  "the end of a dismissal by command": {
    before: async (scene) => {
      await push(scene, { "a.py": unsafe("a") });
      await say(scene, `/hognose dismiss ${idIn(scene)} a fixture`);
    },
    step: (scene) => scene.pull.comment("maria", `/hognose restore ${idIn(scene)}`),
  },
  "the button that accepts what is low": {
    before: (scene) => push(scene, { "a.py": `${unsafe("a")}`.replace(/\n$/, "  # low\n") }),
    step: ({ repository, pull }) => {
      const { id } = pull.conversation().checkRuns.at(-1)!;
      repository.pressButton(id, "accept-low", "maria");
    },
  },
  "a command that is misspelt": {
    before: nothing,
    step: ({ pull }) => pull.comment("maria", "/hognose reveiw"),
  },
  "a doubt in a thread": {
    before: (scene) => push(scene, { "a.py": unsafe("a") }),
    step: ({ pull }) =>
      pull.reply("theo", pull.conversation().threads[0]!.comments[0]!.id, "A false positive"),
  },
  "a push to a pull request that is paused": {
    before: async (scene) => {
      await push(scene, { "a.py": unsafe("a") });
      await say(scene, "/hognose pause");
    },
    step: ({ pull }) => pull.push({ "a.py": SAFE }),
  },
};

interface Told {
  /** How many writes the last step took. */
  readonly writes: number;
  readonly conversation: unknown;
}

/** @param killedAfter the write of the last step after which the app is killed, from 1; undefined: none */
async function tell(story: Story, killedAfter?: number): Promise<Told> {
  const stage = await setStage({ permissions: WRITING });
  const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "a.py": SAFE } });
  repository.setRole("maria", "write");
  repository.commit("feature", { "README.md": "y\n" }, "Change");
  const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
  await stage.settle();
  const scene = { stage, repository, pull };
  await story.before(scene);
  const writes = () => stage.fake.requests.filter((request) => request.writes).length;
  const before = writes();
  const killed = killedAfter === undefined ? undefined : killing(stage, killedAfter);
  story.step(scene);
  await (killed ?? stage.settle());
  if (killed !== undefined) {
    const asked = stage.fake.requests.length;
    await stage.startApp();
    await stage.settle();
    expect(stage.fake.requests.length, "what was interrupted is taken up").toBeGreaterThan(asked);
  }
  const told = { writes: writes() - before, conversation: likeness(pull.conversation()) };
  await stage.end();
  return told;
}

/** Resolves when the app is dead. */
function killing(stage: Stage, nth: number): Promise<void> {
  return new Promise((resolve) => {
    const run = async (): Promise<void> => {
      await stage.crashApp();
      resolve();
    };
    const effect = { kind: "interrupt", performed: true, run } as const;
    stage.fake.faults.inject({ method: "write", path: "**", nth, effect });
  });
}

// Told once without a crash, to know what is said in the end and how many writes that takes.
const told = new Map<string, Told>();
for (const [name, story] of Object.entries(STORIES)) told.set(name, await tell(story));

for (const [name, story] of Object.entries(STORIES)) {
  const { writes, conversation } = told.get(name)!;
  describe(`${name}, when the app is killed after a write`, () => {
    it("takes writes at all", () => {
      expect(writes).toBeGreaterThan(0);
    });

    for (let nth = 1; nth <= writes; nth++) {
      it(`number ${nth} of ${writes}, ends in the same conversation`, async () => {
        expect((await tell(story, nth)).conversation).toEqual(conversation);
      });
    }
  });
}
