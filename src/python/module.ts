// One module ready for analysis: its tree and its scopes.
import { type Cache, noCache, type SourceFile } from "../base/source.js";
import type { ModuleSyntax } from "./ast.js";
import { computeScopes } from "./bind.js";
import { isPackageFile } from "./layout.js";
import type { PythonParser } from "./parse.js";
import type { Scopes } from "./scopes.js";
import { readSyntax } from "./syntax-cache.js";

export interface Module {
  readonly kind: "module";
  readonly path: string;
  /** The dotted name by which its repository imports it ("shop.views"); "" for what no import can name. */
  readonly name: string;
  /** Is it a package's `__init__`? */
  readonly isPackage: boolean;
  readonly syntax: ModuleSyntax;
  readonly scopes: Scopes;
}

/** A file that cannot be analysed; `reason` is a full phrase for the review ("is not Python"). */
export interface UnreadableModule {
  readonly kind: "unreadable";
  readonly path: string;
  readonly reason: string;
}

/** More of the text than this in places without structure: not the language it claims to be. */
const greatestUnparsedShare = 0.35;

/** A file as syntax and scopes; what is derived depends on path and text alone. */
export function readModule(
  file: SourceFile,
  name: string,
  parser: PythonParser,
  cache: Cache = noCache,
): Module | UnreadableModule {
  const { path, text } = file;
  const syntax = readSyntax(parser, cache, file.blob, path, text);
  if ("kind" in syntax) return { kind: "unreadable", path, reason: syntax.reason };
  if (unparsedShare(syntax) > greatestUnparsedShare) {
    const deep = syntax.unparsed.some(({ reason }) => reason === "nested too deeply");
    return { kind: "unreadable", path, reason: deep ? "is nested too deeply" : "is not Python" };
  }
  const isPackage = isPackageFile(path);
  return { kind: "module", path, name, isPackage, syntax, scopes: computeScopes(syntax) };
}

/** The share of the text, white space and comments aside, that lies in `Unparsed` nodes: 0 to 1. */
export function unparsedShare({ text, comments, unparsed }: ModuleSyntax): number {
  if (unparsed.length === 0) return 0;
  const weigh = (start: number, end: number) => text.slice(start, end).replace(/\s+/g, "").length;
  const commentary = comments.reduce((sum, { start, end }) => sum + weigh(start, end), 0);
  const total = weigh(0, text.length) - commentary;
  let covered = 0;
  let at = 0;
  for (const { start, end } of unparsed) {
    covered += weigh(Math.max(start, at), Math.max(end, at));
    at = Math.max(at, end);
  }
  return total <= 0 ? 0 : covered / total;
}
