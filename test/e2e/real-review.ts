// The real review in the process of the test: what is found is what the rules find.
import { join } from "node:path";
import { reviewRound } from "../../src/app/reviewing/review-round.js";
import type { OpenSession } from "../../src/app/reviewing/review-session.js";
import { noCache } from "../../src/base/source.js";
import { openBlobs } from "../../src/store/blobs.js";
import type { Stage } from "./harness.js";

/** @param stage asked when a review begins */
export function realSessions(stage: () => Stage): OpenSession {
  return (gathered) => {
    const blobs = openBlobs(join(stage().environment.dataFolder, "blobs"));
    return { round: async (request) => reviewRound(gathered, blobs, request, noCache), close() {} };
  };
}
