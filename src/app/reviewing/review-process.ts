// Entry of the process that reviews one pull request. It has no secrets, no network and one job; a hostile file can end
// it, and nothing else. (A worker thread would not do: when one that runs tree-sitter is stopped, or runs out of heap,
// the native code aborts the whole process.)
import { openBlobs } from "../../store/blobs.js";
import { openFacts } from "../../store/facts.js";
import type { ReviewBegin, ReviewError, RoundRequest } from "./review-protocol.js";
import { reviewRound } from "./review-round.js";

process.once("message", (begin: ReviewBegin) => {
  const blobs = openBlobs(begin.blobFolder);
  const facts = openFacts(begin.factsFile);
  process.on("message", (request: RoundRequest) => {
    try {
      const round = reviewRound(begin.gathered, blobs, request, facts);
      // Now: the app ends this process when it has what it asked for.
      facts.flush();
      process.send!(round);
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
