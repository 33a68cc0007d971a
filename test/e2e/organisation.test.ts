import { afterEach, describe, expect, it } from "vitest";
import { type Stage, setStage } from "./harness.js";
import { realSessions } from "./real-review.js";

const UNSAFE = `import os

from flask import Flask, request

app = Flask(__name__)


@app.post("/run")
def run():
    os.system(request.form["command"])
    return {}
`;

describe("the configuration of an organisation", () => {
  let stage: Stage;
  afterEach(() => stage.end());

  async function review(shared: { readonly text: string; readonly private: boolean } | undefined) {
    stage = await setStage({}, { openSession: realSessions(() => stage) });
    const files = { "app.py": "x = 1\n", ".hognose.yml": "extends: .github\n" };
    const repository = stage.fake.createRepository({ owner: "acme", name: "shop", files });
    if (shared) {
      const own = { "README.md": "x\n", ".hognose.yml": shared.text };
      stage.fake.createRepository({ owner: "acme", name: ".github", private: shared.private, files: own });
    }
    repository.commit("feature", { "app.py": UNSAFE }, "Change");
    const pull = repository.openPull({ head: "feature", title: "Change", author: "maria" });
    await stage.settle();
    return pull.conversation().checkRuns.at(-1)!;
  }

  it("counts for the repositories that extend it", async () => {
    const check = await review({ text: "rules: {command-injection: off}\n", private: true });
    expect(check).toMatchObject({ conclusion: "success" });
  });

  it("that is not there is named, and the review goes on", async () => {
    const check = await review(undefined);
    expect(check).toMatchObject({ conclusion: "failure" });
    expect(check.summary).toContain("names acme/.github/.hognose.yml, which is not there, or not for us");
  });
});
