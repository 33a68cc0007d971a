// Takes the pictures in docs/screenshots: what people see of a review, on a phone and on a desktop. Needs Chromium
// (CHROMIUM, else "chromium" on the PATH); the pages need nothing from elsewhere.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marked } from "marked";
import { noCache } from "../src/base/source.js";
import { statisticsPage } from "../src/cli/stats/page.js";
import { statisticsOf } from "../src/cli/stats/statistics.js";
import { diffTexts } from "../src/review/diff.js";
import { withoutMarker } from "../src/review/marker.js";
import type { Review } from "../src/review/review.js";
import { review } from "../src/review/run.js";
import type { Snapshot } from "../src/review/snapshot.js";
import { RULES } from "../src/rules/registry.js";
import type { Outcome } from "../src/store/outcomes.js";
import { STATES } from "../test/demo/project.js";
import { STYLE } from "../test/demo/style.js";
import { memoryTree } from "../test/support/memory-tree.js";

const FOLDER = "docs/screenshots";
/** CSS pixels; the height is that of what is to be seen. */
const WIDTHS = { phone: 390, desktop: 1280 } as const;

/** A deadlock, beside what the demo has. */
const BANK = `import threading

audit = threading.Lock()
ledger = threading.Lock()


def transfer(rows):
    with audit:
        with ledger:
            rows.append("transfer")


def close_day(rows):
    with ledger:
        with audit:
            rows.clear()
`;
const LABEL = `import subprocess

from flask import Flask, request

app = Flask(__name__)


def printed(size):
    return f"lp -o media={size}"


def command(size):
    line = printed(size)
    return line + " label.pdf"


@app.post("/label")
def label():
    size = request.form["size"]
    subprocess.run(command(size), shell=True, timeout=10)
    return {}
`;

const files = (state: object) => state as Readonly<Record<string, string>>;

function snapshot(): Snapshot {
  const base = files(STATES.base);
  const head = { ...base, ...files(STATES.head), "parcels/bank.py": BANK, "parcels/label.py": LABEL };
  const changes = Object.keys(head)
    .filter((path) => base[path] !== head[path as keyof typeof head])
    .map((path) => {
      const after = (head as Record<string, string>)[path]!;
      const before = base[path];
      const hunks = diffTexts(before ?? "", after);
      return before === undefined ? { headPath: path, hunks } : { basePath: path, headPath: path, hunks };
    });
  return {
    pull: {
      baseSha: "b".repeat(40),
      headSha: "abc1234".padEnd(40, "0"),
      repositoryUrl: "https://github.com/parcels/desk",
    },
    base: memoryTree(base),
    head: memoryTree(head),
    changes,
    omissions: [{ path: "parcels/huge.py", reason: "is larger than 1 MB" }],
  };
}

const HOUR = 3_600_000;

/** A quarter of a year in which some rules do better than others. */
function outcomes(): readonly Outcome[] {
  const of = (rule: string, repository: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).flatMap(([state, count]) =>
      Array.from({ length: count }, (_, index) => ({
        rule,
        repository,
        state: state as Outcome["state"],
        time: state === "open" ? undefined : (index + 1) * HOUR,
      })),
    );
  return [
    ...of("sql-injection", "parcels/desk", { fixed: 21, dismissed: 2, merged: 1, open: 2 }),
    ...of("command-injection", "parcels/desk", { fixed: 9, merged: 1 }),
    ...of("resource-leak", "parcels/desk", { fixed: 8, dismissed: 6, merged: 5, closed: 2 }),
    ...of("lock-order", "parcels/depot", { fixed: 3, open: 1 }),
    ...of("log-injection", "parcels/depot", { dismissed: 4, merged: 3 }),
  ];
}

const MORE = `
body { padding: 12px; }
pre code { background: none; padding: 0; }
.drawn { border: 1px dashed var(--line); border-radius: 6px; color: var(--quiet); padding: 12px; text-align: center; }
`;

function page(body: string): string {
  const head = `<meta charset="utf-8"><style>${STYLE}${MORE}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
}

/** GitHub draws Mermaid's diagrams; here there is only their place. */
const DIAGRAM = /<pre><code class="language-mermaid">.*?<\/code><\/pre>/gs;

function markdown(text: string): string {
  const html = marked.parse(text, { async: false });
  return `<div class="markdown">${html.replace(DIAGRAM, '<p class="drawn">a Mermaid diagram, drawn by GitHub</p>')}</div>`;
}

function commentPage({ comments, findings }: Review): string {
  const shown = ["lock-order", "command-injection", "sql-injection"].flatMap((rule) => {
    const wanted = findings.filter((finding) => finding.rule === rule);
    const longest = wanted.sort((a, b) => b.evidence.length - a.evidence.length)[0];
    return comments.find(({ fingerprint }) => fingerprint === longest?.fingerprint) ?? [];
  });
  const html = shown.map(({ body }, index) => {
    const open = (text: string) => (index === 1 ? text.replaceAll("<details>", "<details open>") : text);
    return `<div class="comment"><p class="author"><b>hognose</b> <span class="label">bot</span></p>${open(markdown(withoutMarker(body)))}</div>`;
  });
  return page(html.join("\n"));
}

function summaryPage({ title, summary }: Review): string {
  const box = `<div class="box check failure"><h3>${title}</h3>${markdown(summary)}</div>`;
  return page(box);
}

/** @param width in CSS pixels */
function shoot(html: string, file: string, width: number): void {
  const folder = mkdtempSync(join(tmpdir(), "hognose-shot-"));
  const source = join(folder, "page.html");
  writeFileSync(source, html);
  const browse = (...args: string[]) =>
    execFileSync(
      process.env.CHROMIUM ?? "chromium",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--hide-scrollbars",
        `--user-data-dir=${join(folder, "profile")}`,
        ...args,
      ],
      { stdio: ["ignore", "pipe", "ignore"] },
    ).toString();
  const height = heightOf(browse, html, join(folder, "height.html"), width);
  browse(`--window-size=${width},${height}`, `--screenshot=${file}`, `file://${source}`);
  rmSync(folder, { recursive: true });
}

/** How high the page is at a width: asked of the browser, which writes it into the page. */
function heightOf(browse: (...args: string[]) => string, html: string, file: string, width: number): number {
  const ask =
    "<script>addEventListener('load', () => { document.title = document.documentElement.scrollHeight })</script>";
  // Without its policy against scripts, which is for readers.
  const narrow = `<style>html { width: ${width}px }</style>`;
  writeFileSync(
    file,
    html.replace(/<meta http-equiv[^>]*>/, "").replace("</head>", `${narrow}${ask}</head>`),
  );
  const dom = browse(`--window-size=${width},800`, "--dump-dom", `file://${file}`);
  return Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 800);
}

mkdirSync(FOLDER, { recursive: true });
const made = review(snapshot(), RULES, noCache);
const pages = {
  comment: commentPage(made),
  summary: summaryPage(made),
  stats: statisticsPage(statisticsOf(outcomes()), "The last 90 days", "2026-11-24"),
};
for (const [name, html] of Object.entries(pages)) {
  for (const [device, width] of Object.entries(WIDTHS)) {
    shoot(html, join(process.cwd(), FOLDER, `${name}-${device}.png`), width);
  }
}
