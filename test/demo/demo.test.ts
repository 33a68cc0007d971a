import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFECTS, lineOf, NEAR_MISSES, STATES } from "./project.js";

const DEMO = resolve("test/demo/demo.ts");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the demo with a folder of its own for everything temporary.
 * @param until the demo is told to end when this is in its output
 */
async function runDemo(folder: string, words: readonly string[], until?: string): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", DEMO, ...words], {
    env: { ...process.env, TMPDIR: folder, INIT_CWD: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = { stdout: "", stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    ended.stderr += chunk;
  });
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    ended.stdout += chunk;
    if (until !== undefined && ended.stdout.includes(until)) child.kill("SIGINT");
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, ...ended };
}

const leftIn = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith("tsx-"));

describe("the demo", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "hognose-demo-test-"));
  let ended: Ended;
  let opened: string;
  let fixed: string;
  let page: string;
  beforeAll(async () => {
    ended = await runDemo(folder, ["--output", "page.html"]);
    const scenes = ended.stdout.split("After the fix: timeline");
    opened = scenes[0] ?? "";
    fixed = scenes[1] ?? "";
    page = ended.code === 0 ? readFileSync(join(folder, "page.html"), "utf8") : "";
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("ends with 0 and says nothing on standard error", () => {
    expect(ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("leaves the page and nothing else", () => {
    expect(leftIn(folder)).toEqual(["page.html"]);
    expect(ended.stdout).toContain("page.html");
  });

  it("shows when the webhook came and what the app asked", () => {
    expect(opened).toMatch(/\d s {2}webhook {2}202 {2}pull_request\.opened/);
    expect(opened).toMatch(/\d s {2}write {4}201 {2}POST \/repos\/parcels\/desk\/check-runs/);
    expect(fixed).toMatch(/\d s {2}webhook {2}202 {2}pull_request\.synchronize/);
  });

  it("shows each comment below its line, and the failed check", () => {
    for (const defect of DEFECTS) {
      const shown = opened.indexOf(defect.text);
      // A multi-line comment is below the last of its lines.
      const below = opened.slice(shown).split("\n").slice(1, 5).join("\n");
      expect(below, `${defect.path}:${lineOf(defect)}`).toMatch(/\+-- hognose\[bot\]\n/);
      expect(opened.slice(shown)).toContain(`| ${defect.title} (high severity)`);
    }
    expect(opened).toMatch(/Check Hognose: failure/);
    expect(opened).toMatch(/^ {2}failure parcels\/labels\.py:\d+ Command injection/m);
  });

  it("shows every comment as fixed and the check green after the fix", () => {
    expect(fixed.match(/\| Fixed in [0-9a-f]{7}\./g)).toHaveLength(DEFECTS.length);
    expect(fixed).toMatch(/Check Hognose: success/);
  });

  it("writes no colours when nobody looks", () => {
    expect(ended.stdout).not.toContain("\u001b");
  });

  it("writes both states as a page that needs nothing else", () => {
    const [before = "", after = ""] = page.split('<section id="scene-1">');
    expect(before).toMatch(/%\{name\}%(.|\n){0,300}<tr class="thread">/);
    expect(before).toContain('<span class="badge">failure</span>');
    expect(before).toContain("<strong>SQL injection</strong>");
    expect(after.match(/<strong>Fixed in [0-9a-f]{7}\.<\/strong>/g)).toHaveLength(DEFECTS.length);
    expect(after).toContain('<span class="badge">success</span>');
    expect(page).not.toMatch(/<script|<img|<link|src=|url\(|https?:|<!-- hognose/);
  });

  it("stays up with --serve until it is told to end, and ends cleanly", async () => {
    const own = mkdtempSync(join(folder, "serve-"));
    expect(await runDemo(own, ["--serve"], "Ctrl-C ends it.")).toMatchObject({ code: 0, stderr: "" });
    expect(leftIn(own)).toEqual(["hognose-demo.html"]);
    rmSync(own, { recursive: true });
  });

  it("says in one line what it does not know, with another exit code", async () => {
    const { code, stderr } = await runDemo(folder, ["--colour"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^demo: .*--colour.*\n$/);
  });
});

describe("the project of the demo", () => {
  it("has every line that its lists name, once, in a file that the pull request changes", () => {
    for (const spot of [...DEFECTS, ...NEAR_MISSES]) {
      expect(lineOf(spot)).toBeGreaterThan(0);
      expect(STATES.head[spot.path]).not.toBe(STATES.base[spot.path]);
    }
  });
});
