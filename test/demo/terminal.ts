// A scene as text: the timeline, the diff with the comments below their lines, the check.
import type { Colors } from "picocolors/types.js";
import type { SeenCheckRun, SeenThread } from "../fake-github/conversation.js";
import { markdownText } from "./markdown-text.js";
import { DESCRIPTION, lineOf, NEAR_MISSES, TITLE } from "./project.js";
import { outdatedOf, type Row, rowsOf, type Scene } from "./scene.js";
import type { Moment } from "./timeline.js";

/** Characters of text in a comment. */
const WIDTH = 92;
/** Before a comment, so that its bar stands below the code. */
const INDENT = " ".repeat(12);
/** Folded on GitHub and said in full a scene before. */
const SAID_BEFORE = /<details><summary>What it said<\/summary>.*/s;

export interface Terminal {
  title(text: string): void;
  line(text: string): void;
  scene(scene: Scene): void;
  /** What looks like a defect and was left alone. */
  nearMisses(): void;
}

export function createTerminal(write: (text: string) => void, colours: Colors): Terminal {
  const print = (lines: readonly string[]) => write(lines.map((line) => `${line}\n`).join(""));
  const title = (text: string) => print(["", colours.bold(text), colours.dim("=".repeat(text.length))]);
  return {
    title,
    line: (text) => print([text]),
    scene(scene) {
      title(`${scene.name}: timeline`);
      print(scene.timeline.map((moment) => momentLine(moment, colours)));
      title(`${scene.name}: ${TITLE}`);
      print([DESCRIPTION, ...sceneLines(scene, colours)]);
    },
    nearMisses() {
      title("Left alone");
      print(NEAR_MISSES.map((spot) => `${spot.path}:${lineOf(spot)}  ${spot.why}`));
    },
  };
}

function momentLine({ at, kind, what, status, times, meaning }: Moment, colours: Colors): string {
  const time = `${(at / 1000).toFixed(2).padStart(7)} s`;
  const name = { webhook: colours.magenta("webhook"), read: "read   ", write: colours.yellow("write  ") }[
    kind
  ];
  const said = meaning === undefined ? "" : colours.dim(`  (${meaning})`);
  const count = times === 1 ? "" : ` and ${times - 1} more`;
  return `${colours.dim(time)}  ${name}  ${status}  ${what}${count}${said}`;
}

function sceneLines(scene: Scene, colours: Colors): readonly string[] {
  const { threads, reviews, comments, checkRuns } = scene.conversation;
  const outdated = outdatedOf(scene);
  return [
    ...scene.files.flatMap((file) => [
      "",
      colours.bold(`--- ${file.path} (${file.status}, +${file.additions} -${file.deletions})`),
      ...rowsOf(file, threads).flatMap((row) => rowLines(row, colours)),
    ]),
    ...(outdated.length === 0 ? [] : ["", colours.bold("--- Conversations about lines that are no more")]),
    ...outdated.flatMap((thread) => outdatedLines(thread, colours)),
    ...[...reviews, ...comments].flatMap(({ user, body }) =>
      body === "" ? [] : ["", colours.bold(`${user}:`), ...markdownText(body, colours, WIDTH)],
    ),
    ...checkRuns.flatMap((run) => checkLines(run, colours)),
  ];
}

function rowLines(row: Row, colours: Colors): readonly string[] {
  if (row.kind === "hunk") return [colours.cyan(row.header)];
  if (row.kind === "thread") return threadLines(row.thread, colours);
  const { left, right, text } = row.line;
  const numbers = `${String(left ?? "").padStart(4)} ${String(right ?? "").padStart(4)}`;
  return [`${colours.dim(numbers)}  ${diffLine(text, colours)}`];
}

function diffLine(text: string, colours: Colors): string {
  if (text.startsWith("+")) return colours.green(text);
  return text.startsWith("-") ? colours.red(text) : text;
}

/** Its lines of then, without the line numbers that no longer hold, and what was said. */
function outdatedLines(thread: SeenThread, colours: Colors): readonly string[] {
  const hunk = thread.diffHunk.split("\n").slice(-3);
  return [
    "",
    colours.dim(`${thread.path}:${thread.originalLine} (outdated${thread.resolved ? ", resolved" : ""})`),
    ...hunk.map((text) => `           ${diffLine(text, colours)}`),
    ...threadLines(thread, colours),
  ];
}

function threadLines(thread: SeenThread, colours: Colors): readonly string[] {
  const bar = `${INDENT}${colours.blue("|")} `;
  return thread.comments.flatMap(({ user, body }) => [
    `${INDENT}${colours.blue("+--")} ${colours.bold(user)}`,
    ...markdownText(body.replace(SAID_BEFORE, ""), colours, WIDTH).map((line) => bar + line),
    `${INDENT}${colours.blue("+--")}`,
  ]);
}

function checkLines(run: SeenCheckRun, colours: Colors): readonly string[] {
  const { name, conclusion, title, summary, annotations } = run;
  const paint = conclusion === "success" ? colours.green : colours.red;
  return [
    "",
    colours.bold(`--- Check ${name}: ${paint(String(conclusion))} - ${title ?? ""}`),
    ...markdownText(summary ?? "", colours, WIDTH),
    ...(annotations.length === 0 ? [] : [colours.bold("Annotations")]),
    ...annotations.flatMap((one) => {
      const lines = one.end_line > one.start_line ? `${one.start_line}-${one.end_line}` : `${one.start_line}`;
      const text = one.message.split("\n").map((line) => `    ${line}`);
      return [`  ${one.annotation_level} ${one.path}:${lines} ${one.title ?? ""}`, ...text];
    }),
  ];
}
