// GitHub's API played by nock: each test says what is asked and what is answered, in any order; nothing else is let out.
import nock from "nock";
import { pino } from "pino";
import type { BlobStore } from "../../src/base/listing.js";
import type { Conversation } from "../../src/github/conversation.js";
import { createOctokit, type Octokit } from "../../src/github/octokit.js";
import { newRevisionCache } from "../../src/github/revision-cache.js";
import type { Source } from "../../src/github/source.js";
import { blobId } from "../../src/store/blobs.js";

export const API = "https://api.github.com";
export const REPOSITORY = "/repos/acme/shop";
export const name = { owner: "acme", repo: "shop" };
const log = pino({ level: "silent" });

/** Without throttling, which would look like a hang; and without the retries of reads, which take seconds. */
export function octokit(): Octokit {
  const client = createOctokit(
    { baseUrl: API, log, throttle: false },
    { token: "ghs_test.with.dots", installation: 1 },
  );
  client.hook.before("request", (options) => {
    options.request = { ...options.request, retries: 0 };
  });
  return client;
}

export function conversation(): Conversation {
  return { octokit: octokit(), name, pull: 7, botLogin: "hognose[bot]", log, waits: [1, 1] };
}

export function memoryBlobs(): BlobStore {
  const kept = new Map<string, Uint8Array>();
  return {
    has: (blob) => kept.has(blob),
    get: (blob) => kept.get(blob),
    put(blob, bytes) {
      if (blobId(bytes) !== blob) return false;
      kept.set(blob, bytes);
      return true;
    },
  };
}

export function source(blobs: BlobStore = memoryBlobs()): Source {
  return { octokit: octokit(), name, blobs, revisions: newRevisionCache(), log };
}

export const blob = (text: string): string => blobId(Buffer.from(text));
export const listed = (path: string, text: string) => ({
  path,
  blob: blob(text),
  size: Buffer.byteLength(text),
});

export function serveBlob(text: string): void {
  nock(API)
    .get(`${REPOSITORY}/git/blobs/${blob(text)}`)
    .reply(200, { content: Buffer.from(text).toString("base64"), encoding: "base64", sha: blob(text) });
}

export const treeEntry = (path: string, text: string, mode = "100644") => ({
  path,
  mode,
  type: mode === "040000" ? "tree" : "blob",
  sha: blob(text),
  size: Buffer.byteLength(text),
});

/** Call in beforeEach and afterEach. */
export function closeNetwork(): void {
  nock.disableNetConnect();
  nock.cleanAll();
}
