import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.js";
import { openOutcomes } from "../../src/store/outcomes.js";
import { sqliteSql } from "../../src/store/sql.js";
import type { FakeRepository } from "../fake-github/fake-repository.js";
import { type Stage, setStage } from "./harness.js";

const UNSAFE = (name: string) =>
  `def ${name}(db, name):\n    return db.execute("SELECT '" + ${name} + "'")\n`;

describe("what becomes of findings", () => {
  let stage: Stage;
  let repository: FakeRepository;
  beforeEach(async () => {
    stage = await setStage();
    repository = stage.fake.createRepository({ owner: "acme", name: "shop", files: { "a.py": "A = 1\n" } });
    repository.setRole("maria", "write");
  });
  afterEach(() => stage.end());

  const open = () => {
    repository.commit("feature", { "a.py": UNSAFE("a"), "b.py": UNSAFE("b") }, "Change");
    return repository.openPull({ head: "feature", title: "Change", author: "maria" });
  };
  const outcomes = async () => {
    const database = openDatabase(join(stage.environment.dataFolder, "hognose.db"));
    const all = await openOutcomes(sqliteSql(database)).list(0);
    database.close();
    return all.map(({ repository, rule, state }) => `${repository} ${rule} ${state}`).sort();
  };

  it("is counted as fixed by a push and as merged over by the merge", async () => {
    const pull = open();
    await stage.settle();
    expect(await outcomes()).toEqual(["acme/shop sql-injection open", "acme/shop sql-injection open"]);
    pull.push({ "a.py": "A = 2\n" });
    await stage.settle();
    expect(await outcomes()).toEqual(["acme/shop sql-injection fixed", "acme/shop sql-injection open"]);
    pull.merge("maria");
    await stage.settle();
    expect(await outcomes()).toEqual(["acme/shop sql-injection fixed", "acme/shop sql-injection merged"]);
  });

  it("is not counted against a rule when the pull request is closed, and goes on when it is opened again", async () => {
    const pull = open();
    await stage.settle();
    pull.close();
    await stage.settle();
    expect(new Set(await outcomes())).toEqual(new Set(["acme/shop sql-injection closed"]));
    pull.reopen();
    await stage.settle();
    expect(new Set(await outcomes())).toEqual(new Set(["acme/shop sql-injection open"]));
  });
});
