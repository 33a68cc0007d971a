import { describe, expect, it } from "vitest";
import { createLayout } from "../../src/python/layout.js";

describe("the name of a module", () => {
  it.each([
    ["a.py", ["a.py"], "a"],
    ["pkg/__init__.py", ["pkg/__init__.py"], "pkg"],
    ["pkg/sub/mod.py", ["pkg/__init__.py", "pkg/sub/__init__.py", "pkg/sub/mod.py"], "pkg.sub.mod"],
    ["src/pkg/mod.py", ["setup.py", "src/pkg/__init__.py", "src/pkg/mod.py"], "pkg.mod"],
    ["src/space/pkg/mod.py", ["pyproject.toml", "src/space/pkg/mod.py"], "space.pkg.mod"],
    ["services/api/app/mod.py", ["services/api/pyproject.toml", "services/api/app/mod.py"], "app.mod"],
    ["src/mod.py", ["src/__init__.py", "src/mod.py"], "src.mod"],
    ["__init__.py", ["__init__.py"], ""],
  ])("%s of %j is %s", (path, paths, name) => {
    expect(createLayout(paths).nameOf(path)).toBe(name);
  });
});

describe("the files of a dotted name", () => {
  const paths = [
    "pyproject.toml",
    "pkg/__init__.py",
    "pkg/mod.py",
    "pkg/sub/__init__.py",
    "src/other/__init__.py",
    "scripts/run.py",
    "scripts/tool.py",
    "tool.py",
    "space/part/mod.py",
    "services/api/setup.py",
    "services/api/app/models.py",
    "services/web/setup.py",
    "services/web/app/models.py",
    "vendor/yaml/setup.py",
    "vendor/yaml/yaml/__init__.py",
  ];
  const layout = createLayout(paths);

  it.each([
    ["pkg", "scripts/run.py", ["pkg/__init__.py"]],
    ["pkg.sub", "pkg/mod.py", ["pkg/sub/__init__.py"]],
    ["other", undefined, ["src/other/__init__.py"]],
    ["tool", "scripts/run.py", ["scripts/tool.py", "tool.py"]],
    ["tool", "pkg/mod.py", ["tool.py"]],
    ["mod", "pkg/mod.py", []],
    ["space.part.mod", undefined, ["space/part/mod.py"]],
    ["yaml", "pkg/mod.py", []],
    ["flask", "pkg/mod.py", []],
  ])("%s seen from %s", (dotted, from, files) => {
    expect(layout.filesNamed(dotted, from)).toEqual(files);
  });

  it("in one root of several are those of the importer's own root first", () => {
    expect(layout.filesNamed("app.models", "services/web/app/models.py")[0]).toBe(
      "services/web/app/models.py",
    );
    expect(layout.filesNamed("app.models", "services/api/app/models.py")[0]).toBe(
      "services/api/app/models.py",
    );
  });

  it("knows folders without `__init__.py` as namespaces", () => {
    expect(layout.isNamespace("space.part")).toBe(true);
    expect(layout.isNamespace("flask")).toBe(false);
  });
});
