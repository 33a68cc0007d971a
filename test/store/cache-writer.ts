// A process that fills the caches of a folder until it is killed; tests start several.
import { join } from "node:path";
import { blobId, openBlobs, pruneBlobs } from "../../src/store/blobs.js";
import { openFacts } from "../../src/store/facts.js";

/** All writers make the same ones, so that they meet. */
export const CONTENTS = 40;
/** In bytes: less than all contents together. */
export const LIMIT = 8_000_000;

/** 100,000 to 500,000 bytes. */
export function contentOf(n: number): Buffer {
  return Buffer.alloc(100_000 + (n % 5) * 100_000, `content ${n % CONTENTS} `);
}

export function factOf(n: number): { readonly key: string; readonly value: string } {
  return { key: `fact ${n % CONTENTS}`, value: contentOf(n).toString() };
}

async function fill(folder: string): Promise<void> {
  const blobs = openBlobs(join(folder, "blobs"));
  const facts = openFacts(join(folder, "facts.sqlite"), LIMIT);
  for (let n = 0; ; n++) {
    const bytes = contentOf(n);
    blobs.put(blobId(bytes), bytes);
    const read = blobs.get(blobId(bytes));
    const { key, value } = factOf(n);
    facts.put(key, value);
    facts.flush();
    const isWhole = read === undefined || bytes.equals(read);
    const problem = isWhole ? facts.problem() : "a blob is not what its name says";
    process.send?.(problem ?? "written");
    if (n % 10 === 9) await pruneBlobs(join(folder, "blobs"), LIMIT);
  }
}

const [, , folder] = process.argv;
if (process.send !== undefined && folder !== undefined && import.meta.filename === process.argv[1])
  await fill(folder);
