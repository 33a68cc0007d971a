import { expect, it } from "vitest";
import { openTree } from "../../src/rules/analyse.js";
import { arrivalsIn } from "../../src/rules/arrivals.js";
import { memoryTree } from "../support/memory-tree.js";

function sources(text: string): string[] {
  const { world, roots } = openTree(memoryTree({ "app.py": text }), ["app.py"]);
  return arrivalsIn(world, roots).flatMap(({ taint: { origin } }) =>
    origin.kind === "source" ? [origin.text] : [],
  );
}

it("names the element that was read, not the whole of what the client sent", () => {
  expect(
    sources('import os\nfrom flask import request\nos.system(request.args["a"] + request.args.get("b"))\n'),
  ).toEqual(['request.args["a"]', 'request.args.get("b")']);
});
