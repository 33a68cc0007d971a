import { describe, expect, it } from "vitest";
import { callGraph } from "../../src/analysis/calls/call-graph.js";
import { catalogue } from "../../src/models/index.js";
import { createModuleCache, createProgram } from "../../src/python/program.js";
import { memoryTree } from "../support/memory-tree.js";

/** "caller -> callee", by names inside their modules; "" is the module's own code. */
function edges(files: Readonly<Record<string, string>>): readonly string[] {
  const program = createProgram(memoryTree(files), createModuleCache());
  return callGraph(program, catalogue, Object.keys(files)).map(({ caller, callee }) =>
    `${caller.name} -> ${callee.kind === "function" ? callee.body.name : callee.name}`.trim(),
  );
}

describe("the call graph", () => {
  it("names functions of the repository and symbols of libraries", () => {
    const found = edges({
      "a.py": "from b import save\nimport os\n\nclass Job:\n    def run(self):\n        save(os.getcwd())\n",
      "b.py": "def save(x):\n    return len(x)\n",
    });
    expect(found).toContain("Job.run -> save");
    expect(found).toContain("Job.run -> os.getcwd");
    expect(found).toContain("save -> builtins.len");
  });

  it("holds the calls of a function that nothing calls", () => {
    expect(edges({ "a.py": "def f():\n    pass\n\ndef g():\n    f()\n" })).toEqual(["g -> f"]);
  });

  it("holds the constructor of a class that is raised", () => {
    const text =
      "class Failed(Exception):\n    def __init__(self):\n        pass\n\ndef f():\n    raise Failed\n";
    expect(edges({ "a.py": text })).toContain("f -> Failed.__init__");
  });
});
