import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Engine, run, type Terminal } from "../../src/cli/run.js";
import { reviewWith } from "../../src/review/run.js";
import { Repository, temporaryFolder } from "../git/repository.js";
import { analyse, RULES } from "../review/sample.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const engine: Engine = {
  rules: RULES,
  outcomes: async () => [],
  review: (snapshot, policy) => reviewWith(analyse, snapshot, RULES, policy),
};

const configuredEngine: Engine = {
  ...engine,
  review: (snapshot, policy, _, configured) => reviewWith(analyse, snapshot, RULES, policy, configured),
};

function hognose(args: readonly string[], more: Partial<Terminal> & { engine?: Engine } = {}) {
  const said = { out: "", error: "" };
  const terminal: Terminal = {
    cwd: folder.path,
    colour: false,
    out: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.error += text;
    },
    ...more,
  };
  const code = run(args, more.engine ?? engine, terminal);
  return { code, ...said };
}
function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), content);
  }
}

describe("hognose review", () => {
  function branches() {
    const repository = new Repository(folder.path);
    repository.commit({ "a.py": "x = 1\n", "b.py": "sink(0)\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit({ "a.py": "x = 1\nsink(x)\n" });
    return repository;
  }

  test("reports what the head brings in and fails the gate", () => {
    branches();
    const { code, out, error } = hognose(["review", "--base", "main", "--head", "topic", "--format", "json"]);
    expect(code).toBe(1);
    expect(error).toBe("");
    const output = JSON.parse(out);
    expect(output.conclusion).toBe("failure");
    expect(
      output.findings.map((each: { path: string; startLine: number }) => [each.path, each.startLine]),
    ).toEqual([["a.py", 2]]);
  });

  test("explains one finding by its fingerprint, and refuses one that is not there", () => {
    branches();
    const args = ["review", "--base", "main", "--head", "topic"];
    const { fingerprint } = JSON.parse(hognose([...args, "--format", "json"]).out).findings[0];
    const { code, out } = hognose([...args, "--explain", fingerprint.slice(0, 8)]);
    expect(code).toBe(0);
    expect(out).toContain("1. sink a.py:2");
    expect(out).toContain("How the rule decides: ");
    expect(hognose([...args, "--explain", "zz"])).toMatchObject({
      code: 2,
      error: "hognose: no finding has the fingerprint zz\n",
    });
  });

  test("reviews the HEAD of the current folder unless told otherwise", () => {
    branches();
    expect(hognose(["review", "--base", "main"]).out).toContain("a.py:2  high  sink-reached");
    expect(
      hognose(["review", "--repo", folder.path, "--base", "topic", "--head", "main"], { cwd: "/" }).code,
    ).toBe(0);
  });

  test("says on the error output that histories are unrelated, and goes on", () => {
    const repository = branches();
    repository.git("checkout", "-q", "--orphan", "other");
    repository.commit({ "c.py": "sink(1)\n" });
    const { code, out, error } = hognose(["review", "--base", "main", "--head", "other"]);
    expect(code).toBe(1);
    expect(error).toBe("hognose: main and other have no common ancestor; they are compared directly.\n");
    expect(out).toContain("c.py:1");
  });

  test.each([
    ["no base", ["review"], "required option '--base <revision>' not specified"],
    ["an unknown revision", ["review", "--base", "nonsense"], "nonsense is not a commit of"],
    ["an unknown option", ["review", "--base", "main", "--frob"], "unknown option '--frob'"],
    ["an unknown format", ["review", "--base", "main", "--format", "xml"], "argument 'xml' is invalid"],
    ["an unknown severity", ["review", "--base", "main", "--fail-on", "all"], "argument 'all' is invalid"],
    ["a surplus argument", ["review", "extra", "--base", "main"], "too many arguments"],
    ["an unknown command", ["frobnicate"], "unknown command 'frobnicate'"],
    ["a repository that is none", ["review", "--repo", "/", "--base", "main"], "/ is not a git repository"],
  ])("%s is one line on the error output and exit code 2", (_, args, message) => {
    branches();
    const { code, out, error } = hognose(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(error).toContain(message);
    expect(error).toMatch(/^hognose: .*\n$/);
  });

  test("no command at all is bad usage too", () => {
    expect(hognose([]).code).toBe(2);
  });
});

describe("hognose scan", () => {
  test("counts every line as new", () => {
    write({ "src/a.py": "sink(1)\n" });
    const { code, out } = hognose(["scan", "src"]);
    expect(code).toBe(1);
    expect(out).toContain("src/a.py:1  high  sink-reached CWE-89");
  });

  test("places every finding inline, however many there are", () => {
    write({ "a.py": Array.from({ length: 60 }, (_, index) => `sink(${index})\n`).join("") });
    const { findings } = JSON.parse(hognose(["scan", "a.py", "--format", "json"]).out);
    expect(findings.length).toBe(60);
    expect(new Set(findings.map((each: { placement: string }) => each.placement))).toEqual(
      new Set(["inline"]),
    );
  });

  test("several paths are taken, and a clean one passes", () => {
    write({ "a.py": "x\n", "b.py": "y\n" });
    expect(hognose(["scan", "a.py", "b.py"])).toEqual({
      code: 0,
      out: "No defects in 2 Python files\n",
      error: "",
    });
  });

  test("a path that cannot be scanned is one line and exit code 2", () => {
    expect(hognose(["scan", "nowhere"])).toEqual({
      code: 2,
      out: "",
      error: "hognose: nowhere does not exist\n",
    });
    expect(hognose(["scan"]).error).toBe("hognose: missing required argument 'path'\n");
  });

  test("an unreadable file is named and does not fail the gate", () => {
    write({ "a.py": "x\0\n" });
    const { code, out } = hognose(["scan", "."]);
    expect(code).toBe(0);
    expect(out).toContain("a.py is binary");
  });
});

describe("a notebook", () => {
  const notebook = (...source: string[]) =>
    JSON.stringify({ cells: [{ cell_type: "code", source }], metadata: {} }, null, 1);

  test("is scanned, and its findings are on lines of the file", () => {
    write({ "n.ipynb": notebook("x = 1\n", "sink(x)\n") });
    const { code, out } = hognose(["scan", ".", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toMatchObject([{ path: "n.ipynb", startLine: 7 }]);
  });

  test("is reviewed on the lines that a branch changes", () => {
    const repository = new Repository(folder.path);
    repository.commit({ "n.ipynb": notebook("x = 1\n", "sink(0)\n") });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit({ "n.ipynb": notebook("x = 1\n", "sink(0)\n", "%time f()\n", "sink(x)\n") });
    const { out } = hognose(["review", "--base", "main", "--format", "json"]);
    expect(JSON.parse(out).findings).toMatchObject([
      { path: "n.ipynb", startLine: 9, placement: "inline", side: "RIGHT" },
    ]);
  });
});

describe("hognose scan --write-baseline", () => {
  const scan = (...args: string[]) => hognose(["scan", ".", ...args], { engine: configuredEngine });

  test("writes what is found, and a scan with that baseline reports only what is new", () => {
    write({ "a.py": "sink(1)\nsink(1)\n" });
    expect(scan("--write-baseline", "known.json")).toMatchObject({
      code: 0,
      out: "",
      error: "hognose: 2 findings written to known.json\n",
    });
    write({ ".hognose.yml": "baseline: known.json\n" });
    expect(scan()).toMatchObject({ code: 0, error: "" });
    expect(scan().out).toContain("No other defects in 1 Python file; 2 in the baseline");
    write({ "a.py": "sink(1)\nsink(1)\nsink(1)\n", "b.py": "sink(2)\n" });
    expect(scan().code).toBe(1);
    expect(scan().out).toContain("2 defects, all blocking; 2 in the baseline");
  });

  test("writes the known findings again, so that those that are mended go", () => {
    write({ "a.py": "sink(1)\nsink(2)\n", ".hognose.yml": "baseline: known.json\n", "known.json": "" });
    scan("--write-baseline", "known.json");
    write({ "a.py": "sink(1)\n" });
    scan("--write-baseline", "known.json");
    const { findings } = JSON.parse(readFileSync(join(folder.path, "known.json"), "utf8"));
    expect(findings).toMatchObject([{ rule: "sink-reached", path: "a.py", count: 1 }]);
  });

  test("is bad usage when the file cannot be written", () => {
    write({ "a.py": "sink(1)\n" });
    expect(scan("--write-baseline", "no/such/folder.json")).toMatchObject({ code: 2, out: "" });
  });
});

describe("output", () => {
  beforeEach(() => write({ "a.py": "sink(1)  # medium:\n" }));

  test("--fail-on decides the exit code", () => {
    const codes = ["high", "medium", "low", "none"].map(
      (level) => hognose(["scan", "a.py", "--fail-on", level]).code,
    );
    expect(codes).toEqual([0, 1, 1, 0]);
  });

  test("--output writes a file and nothing else", () => {
    const { code, out, error } = hognose(["scan", "a.py", "--format", "sarif", "--output", "out.sarif"]);
    expect([code, out, error]).toEqual([0, "", ""]);
    expect(JSON.parse(readFileSync(join(folder.path, "out.sarif"), "utf8")).version).toBe("2.1.0");
  });

  test("an output file that cannot be written is one line and exit code 2", () => {
    const { code, error } = hognose(["scan", "a.py", "--output", "no/such/folder"]);
    expect(code).toBe(2);
    expect(error).toMatch(/^hognose: .*no\/such\/folder cannot be written: .*\n$/);
  });

  test.each([
    ["text", /^a\.py:1 {2}medium/],
    ["json", /^\{\n {2}"version": 1,/],
    ["sarif", /"2\.1\.0"/],
    ["markdown", /^\*\*1 defect, not blocking\.\*\*/],
  ])("--format %s", (format, expected) => {
    expect(hognose(["scan", "a.py", "--format", format]).out).toMatch(expected);
  });

  test("colours are for terminals", () => {
    expect(hognose(["scan", "a.py"], { colour: true }).out).toContain("\u001b[");
    expect(hognose(["scan", "a.py"]).out).not.toContain("\u001b[");
  });

  test("--version and --help are no errors", () => {
    expect(hognose(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(hognose(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("scan [options] <path...>"),
    });
    expect(hognose(["review", "--help"]).out).toContain("--fail-on <severity>");
  });
});

describe("progress", () => {
  /** A clock that moves by `step` milliseconds whenever it is read. */
  function watched(step: number) {
    write({ "a.py": "x\n", "b.py": "x\n", "c.py": "x\n" });
    let now = 0;
    let line = "";
    const progress = {
      write: (text: string) => {
        line += text;
      },
      now: () => {
        now += step;
        return now;
      },
    };
    return { result: hognose(["scan", "."], { progress }), line: () => line };
  }

  test("a short review shows none", () => {
    expect(watched(1).line()).toBe("");
  });

  test("a long one counts files on one line, which is cleared before the result", () => {
    const { result, line } = watched(1000);
    expect(line()).toContain("hognose: 3 files read, 3 to review");
    expect(line().endsWith("\r\u001b[K")).toBe(true);
    expect(result.out).toBe("No defects in 3 Python files\n");
  });
});

test("a bug is not taken for bad input", () => {
  write({ "a.py": "x\n" });
  const broken: Engine = {
    ...engine,
    review: () => {
      throw new Error("bug");
    },
  };
  expect(() => hognose(["scan", "a.py"], { engine: broken })).toThrow("bug");
});

describe("the configuration", () => {
  test("of a review is that of the base, and --fail-on is stronger", () => {
    const repository = new Repository(folder.path);
    repository.commit({ "a.py": "x = 1\n", ".hognose.yml": "fail-on: none\nexclude: [lib/**]\n" });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit({ "a.py": "sink(1)\n", "lib/b.py": "sink(1)\n", ".hognose.yml": "exclude: ['**']\n" });
    const args = ["review", "--base", "main", "--head", "topic"];
    const { code, out } = hognose(args, { engine: configuredEngine });
    expect(code).toBe(0);
    expect(out).toContain("a.py:1");
    expect(out).not.toContain("lib/b.py");
    expect(hognose([...args, "--fail-on", "high"], { engine: configuredEngine }).code).toBe(1);
  });

  test("of a scan is that of the project around it, and its mistakes are told on the error output", () => {
    write({ "pyproject.toml": "[tool.hognose]\nexclude = ['src/b.py']\ncolour = 1\n" });
    write({ "src/a.py": "sink(1)\n", "src/b.py": "sink(1)\n" });
    const { out, error } = hognose(["scan", "src"], { engine: configuredEngine });
    expect(out).toContain("src/a.py:1");
    expect(out).not.toContain("src/b.py");
    expect(error).toBe('hognose: pyproject.toml:3: unknown key "colour"\n');
  });

  test("that extends the organisation's says that this is not read here", () => {
    write({ "a.py": "sink(1)\n", ".hognose.yml": "extends: .github\n" });
    const { code, error } = hognose(["scan", "a.py"], { engine: configuredEngine });
    expect(code).toBe(1);
    expect(error).toBe(
      "hognose: .hognose.yml extends .github of its organisation, which only the app reads\n",
    );
  });

  test("is checked: each mistake with its line, and exit code 1", () => {
    write({ ".hognose.yml": "fail-on: never\ncolour: 1\n" });
    expect(hognose(["config", "check"])).toEqual({
      code: 1,
      out: '.hognose.yml:1: "fail-on" must be one of "high", "medium", "low", "none"\n.hognose.yml:2: unknown key "colour"\n',
      error: "",
    });
    write({ "other/.hognose.yml": "fail-on: none\n" });
    expect(hognose(["config", "check", "--repo", "other"])).toEqual({ code: 0, out: "", error: "" });
  });

  test("is shown as it counts in the end", () => {
    write({ ".hognose.yml": "fail-on: none\nrules: {sql-injection: off}\n" });
    const { code, out } = hognose(["config", "show"]);
    expect(code).toBe(0);
    expect(out).toContain("# .hognose.yml\n");
    expect(out).toContain("fail-on: none\n");
    expect(out).toContain("rules:\n  sql-injection:\n    enabled: false\n");
    expect(out).toContain("comments: 25\n");
  });

  test("of a folder that is none cannot be checked", () => {
    expect(hognose(["config", "check", "--repo", "nowhere"])).toEqual({
      code: 2,
      out: "",
      error: "hognose: nowhere is not a folder\n",
    });
  });
});
