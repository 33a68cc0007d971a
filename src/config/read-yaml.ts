// YAML to a value with lines.
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { type KeyPath, type Located, located, type Malformed, pathKey } from "./located.js";

/** An empty file is an empty mapping. */
export function readYaml(text: string): Located | Malformed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const [error] = document.errors;
  if (error)
    return { line: counter.linePos(error.pos[0]).line, what: `is not YAML: ${firstLine(error.message)}` };
  const lines = new Map<string, number>();
  const visit = (node: unknown, path: KeyPath) => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const at = [...path, String(key.value)];
        if (key.range) lines.set(pathKey(at), counter.linePos(key.range[0]).line);
        visit(value, at);
      }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const at = [...path, index];
        const range = (item as { readonly range?: readonly number[] | null }).range;
        if (range) lines.set(pathKey(at), counter.linePos(range[0]!).line);
        visit(item, at);
      }
    }
  };
  visit(document.contents, []);
  try {
    return located(document.toJS() ?? {}, lines);
  } catch (error) {
    // Aliases that lead nowhere, or that multiply.
    if (error instanceof ReferenceError) return { line: 1, what: `is not read: ${firstLine(error.message)}` };
    throw error;
  }
}

function firstLine(message: string): string {
  return message.split("\n")[0]!;
}
