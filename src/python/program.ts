import type { SourceTree } from "../base/source.js";
import { readModule, type Module } from "./module.js";
import { createParser } from "./parse.js";
export interface Program { readonly tree: SourceTree; module(path: string): Module | undefined; problems(path: string): readonly { path: string; reason: string }[] }
export function createProgram(tree: SourceTree): Program {
  const parser = createParser();
  const memo = new Map<string, ReturnType<typeof readModule> | undefined>();
  const get = (path: string) => { if (!memo.has(path)) { const f = tree.read(path); memo.set(path, f?.kind === "text" ? readModule(f, path.replace(/\.py$/, "").replaceAll("/", "."), parser) : undefined); } return memo.get(path); };
  return { tree, module: (path) => { const m = get(path); return m?.kind === "module" ? m : undefined; }, problems: (path) => { const m = get(path); return m?.kind === "unreadable" ? [m] : []; } };
}
