import { describe, expect, it } from "vitest";
import type { BlobStore } from "../../src/base/listing.js";
import { blobId } from "../../src/store/blobs.js";
import { storedTree, type Wanted } from "../../src/store/stored-tree.js";

/** A blob store in memory. */
function memoryBlobs(...contents: string[]): BlobStore {
  const kept = new Map(contents.map((text) => [blobId(Buffer.from(text)), Buffer.from(text) as Uint8Array]));
  return {
    has: (blob) => kept.has(blob),
    get: (blob) => kept.get(blob),
    put: (blob, bytes) => {
      kept.set(blob, bytes);
      return true;
    },
  };
}

const file = (path: string, text: string) => ({ path, blob: blobId(Buffer.from(text)), size: text.length });

describe("a stored tree", () => {
  it("reads what the store has and asks for nothing", () => {
    const wanted: Wanted = new Map();
    const tree = storedTree([file("a.py", "x = 1\n")], memoryBlobs("x = 1\n"), wanted);
    expect(tree.read("a.py")).toMatchObject({ kind: "text", text: "x = 1\n" });
    expect(wanted.size).toBe(0);
  });

  it("notes what it could not give, by content", () => {
    const wanted: Wanted = new Map();
    const tree = storedTree([file("a.py", "x"), file("b.py", "x")], memoryBlobs(), wanted);
    expect(tree.read("a.py")).toBeUndefined();
    expect(tree.read("b.py")).toBeUndefined();
    expect([...wanted.keys()]).toEqual([blobId(Buffer.from("x"))]);
  });

  it("answers undefined for a path that the revision does not have, without asking for it", () => {
    const wanted: Wanted = new Map();
    const tree = storedTree([], memoryBlobs(), wanted);
    expect(tree.read("gone.py")).toBeUndefined();
    expect(tree.blobOf("gone.py")).toBeUndefined();
    expect(wanted.size).toBe(0);
  });

  it("knows that a file is too large without ever asking for it", () => {
    const wanted: Wanted = new Map();
    const tree = storedTree(
      [{ path: "big.py", blob: "0".repeat(40), size: 5_000_000 }],
      memoryBlobs(),
      wanted,
    );
    tree.prefetch?.(["big.py"]);
    expect(tree.read("big.py")).toMatchObject({ kind: "unreadable", reason: "is larger than 1 MB" });
    expect(wanted.size).toBe(0);
  });

  it("asks for prefetched files that are missing", () => {
    const wanted: Wanted = new Map();
    const tree = storedTree([file("a.py", "a"), file("b.py", "b")], memoryBlobs("a"), wanted);
    tree.prefetch?.(["a.py", "b.py", "gone.py"]);
    expect([...wanted.values()].map((entry) => entry.path)).toEqual(["b.py"]);
  });

  it("says why a file cannot be had, and does not ask for it again", () => {
    const wanted: Wanted = new Map();
    const lost = file("a.py", "a");
    const tree = storedTree([lost], memoryBlobs(), wanted, () => "could not be fetched");
    tree.prefetch?.(["a.py"]);
    expect(tree.read("a.py")).toMatchObject({ kind: "unreadable", reason: "could not be fetched" });
    expect(wanted.size).toBe(0);
  });
});
