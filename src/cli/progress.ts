// How far a long review is, on a terminal: counted in files read, because the core itself does no output.
import type { SourceTree } from "../base/source.js";
import type { Snapshot } from "../review/snapshot.js";

export interface ProgressLine {
  /** Writes at once, without a newline: the core blocks until it is done. */
  write(text: string): void;
  /** Milliseconds, from any start. */
  now(): number;
}

/** A review shorter than this shows nothing. */
const QUIET_MS = 1500;
const EVERY_MS = 200;

/** The same snapshot, which tells `line` how many of its files have been read; `clear` takes the line away again. */
export function withProgress(
  snapshot: Snapshot,
  line: ProgressLine,
): { snapshot: Snapshot; clear: () => void } {
  const started = line.now();
  const read = new Set<string>();
  let shown = 0;
  const tell = (path: string) => {
    read.add(path);
    const now = line.now();
    if (now - started < QUIET_MS || now - shown < EVERY_MS) return;
    shown = now;
    line.write(`\r\x1b[Khognose: ${read.size} files read, ${snapshot.changes.length} to review`);
  };
  const watched = (tree: SourceTree): SourceTree => ({
    ...tree,
    read(path) {
      tell(path);
      return tree.read(path);
    },
  });
  const clear = () => {
    if (shown > 0) line.write("\r\x1b[K");
  };
  return { snapshot: { ...snapshot, base: watched(snapshot.base), head: watched(snapshot.head) }, clear };
}
