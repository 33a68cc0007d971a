import { expect, test } from "vitest";
import { reviewRound } from "../../../src/app/reviewing/review-round.js";
import { sha256 } from "../../../src/base/hash.js";
import { noCache } from "../../../src/base/source.js";
import { diffTexts } from "../../../src/review/diff.js";

const SAFE = "x = 1\n";
const UNSAFE = 'import os\nfrom flask import request\n\n\ndef run():\n    os.system(request.args["c"])\n';
const CONFIGURATION = "rules: {command-injection: off}\n";

const listing = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => ({ path, blob: sha256(text), size: text.length }));
const gathered = {
  pull: { baseSha: "0".repeat(40), headSha: "1".repeat(40) },
  base: listing({ ".hognose.yml": CONFIGURATION, "app.py": SAFE }),
  head: listing({ "app.py": UNSAFE }),
  changes: [{ basePath: "app.py", headPath: "app.py", hunks: diffTexts(SAFE, UNSAFE) }],
  omissions: [],
};

function store(...texts: string[]) {
  const kept = new Map<string, Uint8Array>(texts.map((text) => [sha256(text), Buffer.from(text)]));
  return {
    has: (blob: string) => kept.has(blob),
    get: (blob: string) => kept.get(blob),
    put: () => false,
  };
}
const nothing = { unavailable: new Map<string, string>() };

test("a round asks for the configuration of the base first", () => {
  const round = reviewRound(gathered, store(SAFE, UNSAFE), nothing, noCache);
  expect(round).toMatchObject({ kind: "wanting", files: [{ path: ".hognose.yml" }] });
});

test("a round follows the configuration of the base", () => {
  const round = reviewRound(gathered, store(SAFE, UNSAFE, CONFIGURATION), nothing, noCache);
  expect(round).toMatchObject({ kind: "reviewed", review: { findings: [], conclusion: "success" } });
});

test("a configuration that cannot be had is said, and the review goes on without", () => {
  const request = { ...nothing, otherwise: "could not be fetched" };
  const round = reviewRound(gathered, store(SAFE, UNSAFE), request, noCache);
  expect(round).toMatchObject({ kind: "reviewed", review: { conclusion: "failure" } });
  expect(JSON.stringify(round)).toContain(".hognose.yml:1` is not read: could not be fetched");
});
