// Both scenes as one HTML page that needs nothing else: GitHub's look, light or dark as the reader has it, for any width.
import { escapeUTF8 as html } from "entities";
import { marked } from "marked";
import sanitize from "sanitize-html";

import type { SeenCheckRun, SeenThread } from "../fake-github/conversation.js";
import type { FileDiff } from "../fake-github/diff.js";
import type { CheckAnnotation } from "../fake-github/world.js";
import { AUTHOR, BRANCH, DESCRIPTION, lineOf, NAME, NEAR_MISSES, TITLE } from "./project.js";
import { outdatedOf, type Row, rowsOf, type Scene } from "./scene.js";
import { STYLE } from "./style.js";
import type { Moment } from "./timeline.js";

interface Page {
  /** Of the pull request. */
  readonly number: number;
  readonly scenes: readonly Scene[];
}

/** @returns a whole HTML document; everything from outside is escaped or sanitised */
export function renderPage({ number, scenes }: Page): string {
  const tabs = scenes.map(({ name }, index) => `<a href="#scene-${index}">${html(name)}</a>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(TITLE)} - Hognose demo</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="quiet">${html(`${NAME.owner}/${NAME.name}`)}</p>
<h1>${html(TITLE)} <span class="quiet">#${number}</span></h1>
<p><b>${html(AUTHOR)}</b> wants to merge <code>${html(BRANCH)}</code> into <code>main</code></p>
<p>${html(DESCRIPTION)}</p>
<nav>${tabs}<a href="#left-alone">Left alone</a></nav>
</header>
<main>
${scenes.map(sceneHtml).join("\n")}
<section id="left-alone">
<h2>Left alone</h2>
<p>Lines of this pull request that look like defects and are none:</p>
<ul>
${NEAR_MISSES.map((spot) => `<li><code>${html(spot.path)}:${lineOf(spot)}</code> ${html(spot.why)}</li>`).join("\n")}
</ul>
</section>
</main>
</body>
</html>
`;
}

function sceneHtml(scene: Scene, index: number): string {
  const { threads, reviews, comments, checkRuns } = scene.conversation;
  const outdated = outdatedOf(scene);
  return `<section id="scene-${index}">
<h2>${html(scene.name)} <span class="quiet">head <code>${scene.headSha.slice(0, 7)}</code></span></h2>
${checkRuns.map(checkHtml).join("\n")}
<h3>Conversation</h3>
${[...reviews, ...comments].map(({ user, body }) => (body === "" ? "" : commentHtml(user, body))).join("\n")}
${outdated.map(outdatedHtml).join("\n")}
<h3>Files changed</h3>
${scene.files.map((file) => fileHtml(file, threads)).join("\n")}
<h3>Timeline</h3>
<div class="box scroll"><table class="timeline"><tbody>
${scene.timeline.map(momentHtml).join("\n")}
</tbody></table></div>
</section>`;
}

function checkHtml({ name, conclusion, title, summary, annotations }: SeenCheckRun): string {
  const list = annotations.map(annotationHtml).join("\n");
  return `<article class="box check ${html(String(conclusion))}">
<h3><span class="badge">${html(String(conclusion))}</span> ${html(name)}: ${html(title ?? "")}</h3>
<div class="markdown">${markdownHtml(summary ?? "")}</div>
${list === "" ? "" : `<details><summary>Annotations (${annotations.length})</summary>\n<ul>\n${list}\n</ul></details>`}
</article>`;
}

function annotationHtml(annotation: CheckAnnotation): string {
  const { path, start_line, end_line, annotation_level, title = "", message } = annotation;
  const lines = end_line > start_line ? `${start_line}-${end_line}` : String(start_line);
  const head = `<b>${html(annotation_level)}</b> <code>${html(path)}:${lines}</code> ${html(title)}`;
  return `<li>${head}<pre>${html(message)}</pre></li>`;
}

function fileHtml(file: FileDiff, threads: readonly SeenThread[]): string {
  const counts = `<span class="plus">+${file.additions}</span> <span class="minus">-${file.deletions}</span>`;
  return `<article class="box file">
<h4><code>${html(file.path)}</code> ${counts}</h4>
<div class="scroll"><table class="diff"><tbody>
${rowsOf(file, threads).map(rowHtml).join("\n")}
</tbody></table></div>
</article>`;
}

function rowHtml(row: Row): string {
  switch (row.kind) {
    case "hunk":
      return `<tr class="hunk"><td></td><td></td><td>${html(row.header)}</td></tr>`;
    case "thread":
      return `<tr class="thread"><td colspan="3">${threadHtml(row.thread)}</td></tr>`;
    case "line": {
      const { left = "", right = "", text } = row.line;
      return `<tr class="${kindOf(text)}"><td>${left}</td><td>${right}</td><td>${html(text)}</td></tr>`;
    }
  }
}

function kindOf(text: string): string {
  if (text.startsWith("+")) return "added";
  return text.startsWith("-") ? "removed" : "same";
}

/** With the end of its hunk of then, as GitHub shows it in the conversation. */
function outdatedHtml(thread: SeenThread): string {
  const rows = thread.diffHunk
    .split("\n")
    .slice(-4)
    .map((text) => `<tr class="${kindOf(text)}"><td>${html(text)}</td></tr>`)
    .join("\n");
  return `<article class="box file">
<h4><code>${html(thread.path)}:${thread.originalLine}</code> <span class="label">Outdated</span></h4>
<div class="scroll"><table class="diff old"><tbody>
${rows}
</tbody></table></div>
${threadHtml(thread)}
</article>`;
}

function threadHtml({ comments, resolvedBy }: SeenThread): string {
  const resolved = resolvedBy === undefined ? "" : `<p class="quiet">Resolved by ${html(resolvedBy)}</p>`;
  return comments.map(({ user, body }) => commentHtml(user, body)).join("\n") + resolved;
}

function commentHtml(user: string, body: string): string {
  return `<div class="comment"><p class="author"><b>${html(user)}</b></p><div class="markdown">${markdownHtml(body)}</div></div>`;
}

/** Links to the fake lead nowhere once it is gone: their text stays. */
function markdownHtml(markdown: string): string {
  const parsed = marked.parse(markdown, { async: false, gfm: true });
  const allowedTags = sanitize.defaults.allowedTags.concat("details", "summary").filter((tag) => tag !== "a");
  return sanitize(parsed, { allowedTags, allowedAttributes: {} });
}

function momentHtml({ at, kind, what, status, times, meaning = "" }: Moment): string {
  const count = times === 1 ? "" : ` <b>and ${times - 1} more</b>`;
  const time = `${(at / 1000).toFixed(2)} s`;
  return `<tr class="${kind}"><td>${time}</td><td>${kind}</td><td>${status}</td><td><code>${html(what)}</code>${count}<br><span class="quiet">${html(meaning)}</span></td></tr>`;
}
