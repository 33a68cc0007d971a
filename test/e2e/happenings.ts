// Anything that can happen to a pull request, in any order: for the property that none of it matters in the end.
import { join } from "node:path";
import fc from "fast-check";
import { readMarker } from "../../src/review/marker.js";
import { openDatabase } from "../../src/store/database.js";
import { type Dismissals, openDismissals } from "../../src/store/dismissals.js";
import { sqliteSql } from "../../src/store/sql.js";
import type { FakePull } from "../fake-github/fake-pull.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import type { Hook } from "../fake-github/webhooks.js";
import { type Stage, setStage } from "./harness.js";

export const WRITING = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  checks: "write",
} as const;

const FILES = ["a.py", "b.py", "c.py"] as const;
/** Which defects a file of the head has: of each file others, so that each has a fingerprint of its own. */
type Defects = readonly boolean[];
const textOf = (file: string, defects: Defects): string =>
  defects
    .map((isThere, n) =>
      isThere
        ? `def ${file[0]}${n}(db, x):\n    db.execute("${file[0]}${n}" + x)  # ${n === 0 ? "low" : "!"}\n`
        : `${file[0]}${n} = 1\n`,
    )
    .join("\n");
export const BASE = Object.fromEntries(FILES.map((file) => [file, textOf(file, [false, false])]));

type Step =
  | { readonly kind: "push"; readonly file: (typeof FILES)[number]; readonly defects: Defects }
  | { readonly kind: "squash" | "rename" | "rebase" | "reopen" | "restart" | "lose" }
  | { readonly kind: "return"; readonly to: number }
  | { readonly kind: "dismiss" | "restore"; readonly which: number }
  | { readonly kind: "say"; readonly words: string }
  | { readonly kind: "hold" }
  /** Delivers what was held: by `order`, twice where `again` says so, later where `late` does. */
  | {
      readonly kind: "deliver";
      readonly order: readonly number[];
      readonly again: readonly boolean[];
      readonly late: readonly boolean[];
    };

const defects = fc.array(fc.boolean(), { minLength: 2, maxLength: 2 });
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 12, maxLength: 12 });
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("push"), file: fc.constantFrom(...FILES), defects }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("dismiss", "restore"), which: fc.nat(5) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("squash", "rename", "rebase", "reopen", "restart", "lose"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("return"), to: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("say"),
      words: fc.constantFrom("review", "full-review", "pause", "resume", "reveiw", "explain", "help"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("hold") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("deliver"),
      order: some(fc.nat(100)),
      again: some(fc.boolean()),
      late: some(fc.boolean()),
    }),
  },
);

export interface World {
  readonly stage: Stage;
  readonly repository: FakeRepository;
  readonly pull: FakePull;
  /** Every head that the pull request had, with what it holds. */
  readonly heads: { readonly sha: string; readonly files: Readonly<Record<string, string>> }[];
  /** Deliveries that GitHub could not make, and makes later. */
  readonly late: Hook[];
  /** What the head holds. */
  files: Readonly<Record<string, string>>;
}

export async function newWorld(): Promise<World> {
  const stage = await setStage({ permissions: WRITING });
  const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: BASE });
  repository.setRole("maria", "write");
  repository.commit("feature", { "a.py": textOf("a.py", [true, true]) }, "Change");
  const files = { ...BASE, "a.py": textOf("a.py", [true, true]) };
  const pull = repository.openPull({ head: "feature", title: "Change", author: "sam" });
  return { stage, repository, pull, heads: [{ sha: pull.headSha, files }], late: [], files };
}

/** Does one step; what follows from it may not have happened yet. */
export async function take(world: World, taken: Step): Promise<void> {
  const { stage, repository, pull, heads } = world;
  const { webhooks } = stage.fake;
  switch (taken.kind) {
    case "push": {
      const path = world.files[taken.file] === undefined ? `moved/${taken.file}` : taken.file;
      push(world, { [path]: textOf(taken.file, taken.defects) });
      return;
    }
    case "rename": {
      const [from] = Object.keys(world.files).filter((path) => !path.includes("/"));
      if (from !== undefined) push(world, { [from]: null, [`moved/${from}`]: world.files[from]! });
      return;
    }
    case "squash":
      push(world, {}, "main");
      return;
    case "rebase":
      repository.commit("main", { "OTHER.md": `${heads.length}\n` }, "Elsewhere");
      push(world, {}, "main");
      return;
    case "return": {
      const { sha, files } = heads[taken.to % heads.length]!;
      repository.reset("feature", sha);
      world.files = files;
      heads.push({ sha, files });
      return;
    }
    case "reopen":
      pull.close();
      pull.reopen();
      return;
    case "dismiss":
    case "restore": {
      const ids = pull.conversation().threads.flatMap(({ comments }) => readMarker(comments[0]!.body) ?? []);
      const id = ids[taken.which % Math.max(1, ids.length)]?.fingerprint.slice(0, 8);
      if (id !== undefined) pull.comment("maria", `/hognose ${taken.kind} ${id} a fixture`);
      return;
    }
    case "say":
      pull.comment("maria", `/hognose ${taken.words}`);
      return;
    case "restart":
      await stage.stopApp();
      await stage.startApp();
      return;
    case "lose":
      await stage.settle();
      await stage.stopApp();
      await onDatabase(stage, async () => undefined, "DELETE FROM runs");
      await stage.startApp();
      return;
    case "hold":
      webhooks.hold = true;
      return;
    case "deliver": {
      webhooks.hold = false;
      const held = webhooks.held.splice(0).map((hook, index) => {
        const at = index % taken.order.length;
        return { hook, order: taken.order[at]!, again: taken.again[at]!, late: taken.late[at]! };
      });
      for (const { hook, again, late } of held.sort((a, b) => a.order - b.order)) {
        if (late) world.late.push(hook);
        else webhooks.send(hook);
        if (again) webhooks.send(hook);
      }
    }
  }
}

/** @param from where the branch starts anew */
function push(world: World, edits: Readonly<Record<string, string | null>>, from?: string): void {
  const after = { ...world.files, ...edits };
  world.files = Object.fromEntries(
    Object.entries(after).filter(([, text]) => text !== null),
  ) as World["files"];
  if (from === undefined) world.pull.push(edits);
  else {
    const gone = Object.fromEntries(Object.keys(BASE).map((path) => [path, null]));
    world.pull.push({ ...gone, ...world.files }, "Again", { force: true, from });
  }
  world.heads.push({ sha: world.pull.headSha, files: world.files });
}

/** Delivers what was not delivered yet, and waits for all that follows. */
export async function end({ stage, pull, late }: World): Promise<void> {
  const { webhooks } = stage.fake;
  webhooks.hold = false;
  webhooks.release();
  await stage.settle();
  for (const hook of late) webhooks.send(hook);
  await stage.settle();
  pull.comment("maria", "/hognose resume");
  await stage.settle();
}

export async function onDatabase<Result>(
  stage: Stage,
  use: (dismissals: Dismissals) => Promise<Result>,
  statement = "",
): Promise<Result> {
  const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
  database.exec(statement);
  const result = await use(openDismissals(sqliteSql(database)));
  database.close();
  return result;
}
