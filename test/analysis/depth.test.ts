import { describe, expect, it } from "vitest";
import { analyse, openTree } from "../../src/rules/analyse.js";
import { arrivalsIn } from "../../src/rules/arrivals.js";
import { memoryTree } from "../support/memory-tree.js";

function arrivals(files: Record<string, string>) {
  const { world, roots } = openTree(memoryTree(files), Object.keys(files));
  return arrivalsIn(world, roots).filter(({ taint }) => taint.origin.kind === "source");
}

const LAST = "import os\nfrom flask import request\n\ndef f0(x):\n    os.system(x)\n\n";

describe("long chains", () => {
  it("of calls are followed without exhausting the stack", () => {
    const functions = Array.from({ length: 2000 }, (_, n) => `def f${n + 1}(x):\n    f${n}(x)\n\n`);
    const text = `${LAST + functions.reverse().join("")}f20(request.args["q"])\n`;
    expect(arrivals({ "app.py": text })).toHaveLength(1);
  });

  it("of calls are said to be followed only so far", () => {
    const functions = Array.from({ length: 200 }, (_, n) => `def f${n + 1}(x):\n    f${n}(x)\n\n`);
    const text = LAST + functions.join("");
    const { omissions } = analyse(memoryTree({ "app.py": text }), ["app.py"], []);
    expect(omissions).toEqual([
      { path: "app.py", reason: expect.stringContaining("limit of the analysis in `f"), isLimit: true },
    ]);
    expect(analyse(memoryTree({ "app.py": LAST }), ["app.py"], []).omissions).toEqual([]);
  });

  it("of imports are followed without exhausting the stack", () => {
    const files = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`m${n + 1}.py`, `from m${n} import f\n\ndef g():\n    f()\n`]),
    );
    expect(() => arrivals({ ...files, "m0.py": LAST })).not.toThrow();
  });

  it("of nested expressions inside such calls are followed too", () => {
    const functions = Array.from(
      { length: 300 },
      (_, n) => `class C${n + 1}:\n    def f(self, x):\n        C${n}().f([[[x]]])\n\n`,
    );
    const text = `import os\n\nclass C0:\n    def f(self, x):\n        os.system(x)\n\n${functions.reverse().join("")}`;
    expect(() => arrivals({ "app.py": text })).not.toThrow();
  });
});
