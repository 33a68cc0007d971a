// Source trees held in memory, for tests.
import { sha256 } from "../../src/base/hash.js";
import type { SourceTree } from "../../src/base/source.js";

export function memoryTree(files: Readonly<Record<string, string>>): SourceTree {
  const paths = Object.keys(files).sort();
  return {
    paths,
    blobOf: (path) => (files[path] === undefined ? undefined : sha256(files[path])),
    read: (path) => {
      const text = files[path];
      return text === undefined ? undefined : { kind: "text", path, blob: sha256(text), text };
    },
  };
}
