import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormatsModule from "ajv-formats";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { renderJson } from "../../../src/review/render/json.js";
import { renderMarkdown } from "../../../src/review/render/markdown.js";
import { renderSarif } from "../../../src/review/render/sarif.js";
import { renderText } from "../../../src/review/render/text.js";
import { reviewWith } from "../../../src/review/run.js";
import { analyse, finding, RULES, snapshotOf, step } from "../sample.js";

const addFormats = addFormatsModule.default;
const head = {
  "app/a b.py": "x = source()\ny = 1\nsink(x)\n",
  "b|c.py": "sink(1)  # medium: <b>@user</b> `tick`\nsink(2)  # doubt:\n",
  "latin.py": "UNREADABLE",
};
const url = "https://github.com/o/r";
const linked = reviewWith(analyse, snapshotOf({}, head, { url }), RULES);
const local = reviewWith(analyse, snapshotOf({}, head), RULES);
const clean = reviewWith(analyse, snapshotOf({}, { "a.py": "x\n" }), RULES);

describe("a comment", () => {
  const body = linked.comments[0]!.body;

  test("has a marker, a title, one sentence, one action, the evidence and the rule, in this order", () => {
    const sha = linked.headSha;
    expect(body).toBe(
      [
        `<!-- hognose:${linked.findings[0]!.fingerprint} -->`,
        "**Sink reached** (high severity)",
        "",
        "This call is reached by `source()`.",
        "",
        "**To do:** Take it away.",
        "",
        "<details><summary>Evidence in 2 steps</summary>",
        "",
        `1. Source [\`app/a b.py:1\`](${url}/blob/${sha}/app/a%20b.py#L1): \`x = source()\` is read`,
        `2. Sink [\`app/a b.py:3\`](${url}/blob/${sha}/app/a%20b.py#L3): it is used`,
        "",
        "</details>",
        "",
        "<sub>Rule [`sink-reached`](https://github.com/hognose/hognose/blob/main/docs/rules/sink-reached.md), CWE-89. Not a defect? `/hognose dismiss 18a3186c REASON`</sub>",
      ].join("\n"),
    );
  });

  test("links nothing when the repository is not known", () => {
    expect(local.comments[0]!.body).toContain("1. Source `app/a b.py:1`: ");
  });

  test("has no evidence list when the line itself is all there is", () => {
    expect(local.comments.find((each) => each.path === "b|c.py")!.body).not.toContain("<details>");
  });

  test("names base lines as such and links them to the base", () => {
    const guard = step("guard", "a.py", 1, { side: "base", note: "`check()` stands here" });
    const gone = reviewWith(
      (tree) => ({
        findings: tree.blobOf("new.py") ? [finding([guard, step("sink", "a.py", 1)])] : [],
        omissions: [],
      }),
      snapshotOf({ "a.py": "check()\nrun()\n" }, { "a.py": "run()\n", "new.py": "" }, { url }),
      RULES,
    );
    expect(gone.comments[0]!.body).toContain(
      `1. Guard (before this change) [\`a.py:1\`](${url}/blob/${gone.baseSha}/a.py#L1): \`check()\` stands here`,
    );
  });
});

describe("the summary", () => {
  test("has the verdict, one table for each family, what to do and what was not reviewed", () => {
    expect(local.summary).toBe(
      [
        "**3 defects, 1 blocking; 1 file not fully reviewed.**",
        "",
        "### SQL injection",
        "",
        "| Lines | Function | Risk | Remedy |",
        "|---|---|---|---|",
        "| `app/a b.py:3` | module | This call is reached by `source()`. (high) | Take it away. |",
        "| <code>b&#124;c.py:2</code> | module | This call is reached by `source()`. (high, low confidence) | Take it away. |",
        "| <code>b&#124;c.py:1</code> | module | This call is reached by `source()`. (medium) | Take it away. |",
        "",
        "### What to do",
        "",
        "1. Take it away. (`app/a b.py:3`, `b|c.py:2`, `b|c.py:1`)",
        "",
        "### Not reviewed",
        "",
        "- `latin.py` is not UTF-8",
        "",
      ].join("\n"),
    );
  });

  test("lists the families in their order, whatever the severities", () => {
    const at = (line: number) => step("sink", "a.py", line);
    const both = reviewWith(
      (tree) => ({
        findings: tree.blobOf("a.py")
          ? [finding([at(1)], { ruleId: "other" }), finding([at(2)], { severity: "low", where: "A.f|g" })]
          : [],
        omissions: [],
      }),
      snapshotOf({}, { "a.py": "a\nb\n" }),
      RULES,
    );
    const headings = [...both.summary.matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(["SQL injection", "Potential deadlocks", "What to do"]);
    expect(marked.parse(both.summary, { async: false })).toContain("<td><code>A.f&#124;g</code></td>");
  });

  test("is one line when nothing was found", () => {
    expect(clean.summary).toBe("**No defects in 1 Python file.**\n");
  });
});

test("no output uses the words of doubt", () => {
  const outputs = [renderText(local), renderMarkdown(local), renderMarkdown(linked), local.title].join("\n");
  expect(outputs.replaceAll("Potential deadlocks", "")).not.toMatch(
    /\b(potential|might|could|please|ensure|detected)\b/i,
  );
});

describe("text", () => {
  test("has one block for each finding and the verdict last", () => {
    expect(renderText(local)).toBe(
      [
        "app/a b.py:3  high  sink-reached CWE-89",
        "  This call is reached by source().",
        "    source  app/a b.py:1  x = source() is read",
        "    sink    app/a b.py:3  it is used",
        "  -> Take it away.",
        "",
        "b|c.py:2  high, low confidence  sink-reached CWE-89",
        "  This call is reached by source().",
        "    sink    b|c.py:2  it is used",
        "  -> Take it away.",
        "",
        "b|c.py:1  medium  sink-reached CWE-89",
        "  This call is reached by source().",
        "    sink    b|c.py:1  it is used",
        "  -> Take it away.",
        "",
        "Not reviewed:",
        "  latin.py is not UTF-8",
        "",
        "3 defects, 1 blocking; 1 file not fully reviewed",
        "",
      ].join("\n"),
    );
  });

  test("is the verdict alone when nothing was found", () => {
    expect(renderText(clean)).toBe("No defects in 1 Python file\n");
  });

  test("lets no escape sequence of the reviewed code through", () => {
    const hostile = finding([step("sink", "a\u001b[2J.py", 1, { note: "`\u001b[31m`" })], {
      message: "`\u001b]0;x\u0007`",
    });
    const review = reviewWith(
      (tree) => ({ findings: tree.paths.length > 0 ? [hostile] : [], omissions: [] }),
      snapshotOf({}, { "a\u001b[2J.py": "x\n" }),
      RULES,
    );
    expect(renderText(review)).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

test("Markdown is the summary followed by the comments, without markers", () => {
  const markdown = renderMarkdown(local);
  expect(markdown.startsWith(local.summary.trimEnd())).toBe(true);
  expect(markdown).toContain("#### `app/a b.py:3`\n\n**Sink reached** (high severity)");
  expect(markdown).not.toContain("<!-- hognose");
  expect(renderMarkdown(clean)).toBe(clean.summary);
});

describe("JSON", () => {
  const schema = JSON.parse(readFileSync("docs/output-schema.json", "utf8"));
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);

  test.each([
    ["findings", linked],
    ["nothing", clean],
  ])("with %s is as the schema says", (_, review) => {
    validate(JSON.parse(renderJson(review)));
    expect(validate.errors).toBeNull();
  });

  test("has exactly the documented fields", () => {
    const output = JSON.parse(renderJson(local));
    expect(Object.keys(output)).toEqual([
      "version",
      "base",
      "head",
      "conclusion",
      "findings",
      "ignored",
      "notReviewed",
    ]);
    expect(output.findings[0]).toEqual({
      rule: "sink-reached",
      family: "sql-injection",
      cwe: "CWE-89",
      severity: "high",
      confidence: "high",
      path: "app/a b.py",
      startLine: 3,
      endLine: 3,
      side: "RIGHT",
      placement: "inline",
      message: "This call is reached by `source()`.",
      help: "Take it away.",
      fingerprint: local.findings[0]!.fingerprint,
      evidence: [
        { role: "source", path: "app/a b.py", line: 1, side: "RIGHT", note: "`x = source()` is read" },
        { role: "sink", path: "app/a b.py", line: 3, side: "RIGHT", note: "it is used" },
      ],
    });
    expect(output.notReviewed).toEqual([{ path: "latin.py", reason: "is not UTF-8" }]);
  });
});

describe("SARIF", () => {
  const require = createRequire(import.meta.url);
  // Written for draft 4; it uses nothing that draft 7 reads differently.
  const {
    $schema: _draft,
    id: _id,
    ...schema
  } = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);

  test.each([
    ["findings", linked],
    ["nothing", clean],
  ])("with %s is valid against the official 2.1.0 schema", (_, review) => {
    validate(JSON.parse(renderSarif(review, RULES, "0.1.0")));
    expect(validate.errors).toBeNull();
  });

  const [run] = JSON.parse(renderSarif(local, RULES, "0.1.0")).runs;

  test("tags each rule with its weakness and gives its help", () => {
    expect(run.tool.driver.rules[0]).toMatchObject({
      id: "sink-reached",
      properties: { tags: ["security", "sql-injection", "external/cwe/cwe-089"], family: "sql-injection" },
    });
    expect(run.tool.driver.rules[0].help.markdown).toContain("```python\nsink(source())\n```");
  });

  test("gives each result its place, its fingerprint and the evidence as a flow", () => {
    const [result] = run.results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "app/a%20b.py" },
      region: { startLine: 3, endLine: 3 },
    });
    expect(result.ruleIndex).toBe(0);
    expect(result.partialFingerprints).toEqual({ "hognose/v1": local.findings[0]!.fingerprint });
    const flow = result.codeFlows[0].threadFlows[0].locations;
    expect(flow.map((each: { kinds: string[] }) => each.kinds[0])).toEqual(["source", "sink"]);
    expect(flow[0].location.message.text).toBe("x = source() is read");
  });

  test("names what was not reviewed", () => {
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe("latin.py is not UTF-8");
  });
});
