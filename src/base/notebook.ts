// A Jupyter notebook to Python text with the same lines: line 12 of the text is the code that stands on line 12 of the
// JSON file, and every other line is empty. So each line of code is where a diff of the file shows it.
import { type Node, parseTree } from "jsonc-parser";
import { lineStarts, pointAt } from "./span.js";

/** The Python of a notebook; `reason` is a phrase for the review when it cannot be laid out so. */
export type NotebookText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string };

const NOT_BY_LINES = "is a notebook whose code does not stand on lines of its own";

/** @param json the whole file; of a notebook of another language every line is empty */
export function notebookText(json: string): NotebookText {
  const root = parseTree(json);
  if (root?.type !== "object") return { kind: "unreadable", reason: "is not a notebook" };
  const starts = lineStarts(json);
  if (!isPython(root)) return { kind: "text", text: "\n".repeat(starts.length - 1) };
  const cells = child(root, "cells");
  if (cells?.type !== "array") return { kind: "unreadable", reason: "is a notebook of an old format" };
  const lines: string[] = Array.from({ length: starts.length }, () => "");
  const taken = new Set<number>();
  for (const cell of cells.children ?? []) {
    if (child(cell, "cell_type")?.value !== "code") continue;
    const code = sourceLines(child(cell, "source"));
    const python = withoutMagics(code.map(({ text }) => text));
    for (const [index, { offset }] of code.entries()) {
      const { line } = pointAt(starts, offset);
      if (taken.has(line) || python[index]!.includes("\n"))
        return { kind: "unreadable", reason: NOT_BY_LINES };
      taken.add(line);
      lines[line - 1] = python[index]!;
    }
  }
  return { kind: "text", text: lines.join("\n") };
}

function isPython(root: Node): boolean {
  const metadata = child(root, "metadata");
  const language =
    child(child(metadata, "language_info"), "name")?.value ??
    child(child(metadata, "kernelspec"), "language")?.value;
  return language === undefined || /^(?:i?python|sage|pyspark)/i.test(String(language));
}

function child(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== "object") return undefined;
  return node.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

interface CodeLine {
  /** Without the line break at its end. */
  readonly text: string;
  /** Of its string in the JSON text. */
  readonly offset: number;
}

/** A source is a list of lines, or one string. */
function sourceLines(source: Node | undefined): readonly CodeLine[] {
  const strings = source?.type === "array" ? (source.children ?? []) : source ? [source] : [];
  return strings
    .filter(({ type, value }) => type === "string" && value !== "")
    .map(({ value, offset }) => ({ text: (value as string).replace(/\r?\n$/, ""), offset }));
}

/** Cell magics whose cell is still Python. */
const PYTHON_CELLS = /^%%(?:time|timeit|capture|prun|memit|mprun|debug)\b/;

/** The lines with what only IPython understands put out of the way. */
function withoutMagics(lines: readonly string[]): readonly string[] {
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (first.startsWith("%%") && !PYTHON_CELLS.test(first)) return lines.map(() => "");
  let isContinued = false;
  return lines.map((line) => {
    const isMagic = isContinued || MAGIC.test(line) || HELP.test(line);
    const python = isContinued
      ? ""
      : isMagic
        ? line.replace(/\S.*$/s, "pass")
        : line.replace(ASSIGNED, "$1None");
    isContinued = (isMagic || python !== line) && line.endsWith("\\");
    return python;
  });
}

const MAGIC = /^\s*(?:%{1,2}[A-Za-z]|!|\?)/;
/** `name?` and `name??` ask for help. */
const HELP = /^\s*[\w.]+\?{1,2}\s*$/;
/** `files = !ls` and `result = %timeit -o f()` */
const ASSIGNED = /^(\s*[\w.,[\]'" ]+=\s*)(?:!|%[A-Za-z]).*$/s;
