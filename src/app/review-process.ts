// Entry of the process that reviews one pull request. It has no secrets, no network and one job; a hostile file can end
// it, and nothing else. (A worker thread would not do: when one that runs tree-sitter is stopped, or runs out of heap,
// the native code aborts the whole process.)
import type { Cache } from "../base/source.js";
import { openBlobs } from "../store/blobs.js";
import type { ReviewBegin, ReviewError, RoundRequest } from "./review-protocol.js";
import { reviewRound } from "./review-round.js";

const known = new Map<string, string>();
const cache: Cache = { get: (key) => known.get(key), put: (key, value) => void known.set(key, value) };

process.once("message", (begin: ReviewBegin) => {
  const blobs = openBlobs(begin.blobFolder);
  process.on("message", (request: RoundRequest) => {
    try {
      process.send!(reviewRound(begin.gathered, blobs, request, cache));
    } catch (error) {
      process.send!(describe(error));
    }
  });
});
process.once("disconnect", () => process.exit());

function describe(error: unknown): ReviewError {
  const known = error instanceof Error ? error : new Error(String(error));
  return { kind: "error", message: known.message, stack: known.stack ?? "" };
}
