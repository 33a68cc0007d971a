import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobId, openBlobs, pruneBlobs } from "../../src/store/blobs.js";

describe("the blob store", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hognose-blobs-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("names content as git does", () => {
    // git hash-object of the empty file, and of "hello\n"
    expect(blobId(Buffer.from(""))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(blobId(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  });

  it("gives back what was put, to every opener of the folder", () => {
    const bytes = Buffer.from("hello\n");
    expect(openBlobs(folder).put(blobId(bytes), bytes)).toBe(true);
    expect(Buffer.from(openBlobs(folder).get(blobId(bytes))!)).toEqual(bytes);
    expect(openBlobs(folder).has(blobId(bytes))).toBe(true);
  });

  it("answers undefined for what was never put", () => {
    expect(openBlobs(folder).get("0".repeat(40))).toBeUndefined();
    expect(openBlobs(folder).has("0".repeat(40))).toBe(false);
  });

  it("refuses content that is not what the id names", () => {
    const store = openBlobs(folder);
    expect(store.put("0".repeat(40), Buffer.from("forged"))).toBe(false);
    expect(store.has("0".repeat(40))).toBe(false);
  });

  it("does not give out a file that was cut short, and heals it by the next put", () => {
    const store = openBlobs(folder);
    const bytes = Buffer.from("x = 1\n".repeat(100));
    const id = blobId(bytes);
    store.put(id, bytes);
    truncateSync(join(folder, id.slice(0, 2), id.slice(2)), 10);
    expect(store.get(id)).toBeUndefined();
    store.put(id, bytes);
    expect(Buffer.from(store.get(id)!)).toEqual(bytes);
  });

  it("keeps within its bound by letting go of what was written longest ago", async () => {
    const store = openBlobs(folder);
    const contents = Array.from({ length: 10 }, (_, n) => Buffer.from(`${n}`.repeat(1000)));
    contents.forEach((bytes, n) => {
      const id = blobId(bytes);
      store.put(id, bytes);
      utimesSync(join(folder, id.slice(0, 2), id.slice(2)), n, n);
    });
    expect(await pruneBlobs(folder, 10_000)).toBe(0);
    expect(await pruneBlobs(folder, 5000)).toBe(6);
    expect(contents.map((bytes) => store.has(blobId(bytes)))).toEqual([
      ...Array.from({ length: 6 }, () => false),
      ...Array.from({ length: 4 }, () => true),
    ]);
    expect(await pruneBlobs(join(folder, "never"), 1)).toBe(0);
  });

  it("removes what a process has died over, and leaves alone what one is writing", async () => {
    const shelf = join(folder, "ce");
    mkdirSync(shelf);
    writeFileSync(join(shelf, "0123.draft"), "x");
    expect(await pruneBlobs(folder, 0)).toBe(0);
    expect(await pruneBlobs(folder, 10_000, Date.now() + 2 * 3_600_000)).toBe(1);
    expect(readdirSync(shelf)).toEqual([]);
  });

  it("leaves no draft behind when a content cannot be put where it belongs", () => {
    const bytes = Buffer.from("hello\n");
    const id = blobId(bytes);
    mkdirSync(join(folder, "ce", id.slice(2)), { recursive: true });
    expect(() => openBlobs(folder).put(id, bytes)).toThrow();
    expect(readdirSync(join(folder, "ce"))).toEqual([id.slice(2)]);
  });

  it("leaves no drafts behind", () => {
    const store = openBlobs(folder);
    const bytes = Buffer.from("hello\n");
    store.put(blobId(bytes), bytes);
    store.put(blobId(bytes), bytes);
    expect(readdirSync(join(folder, "ce"))).toEqual([blobId(bytes).slice(2)]);
  });
});
