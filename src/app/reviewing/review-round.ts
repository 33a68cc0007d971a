// One round of a review: the core on the two stored trees, and what it missed there.
import type { BlobStore } from "../../base/listing.js";
import type { Cache } from "../../base/source.js";
import { configurationIn } from "../../config/read.js";
import type { GatheredPull } from "../../github/gather.js";
import { policyOf } from "../../review/policy.js";
import { review } from "../../review/run.js";
import { RULES } from "../../rules/registry.js";
import { storedTree, type Wanted } from "../../store/stored-tree.js";
import type { ReviewRound, RoundRequest } from "./review-protocol.js";

/** @throws only on a bug of the core */
export function reviewRound(
  gathered: GatheredPull,
  blobs: BlobStore,
  request: RoundRequest,
  cache: Cache,
): ReviewRound {
  const wanted: Wanted = new Map();
  const unavailable = (blob: string) => request.unavailable.get(blob) ?? request.otherwise;
  const { pull, changes, omissions, dismissals = [], isNew } = gathered;
  const base = storedTree(gathered.base, blobs, wanted, unavailable);
  const head = storedTree(gathered.head, blobs, wanted, unavailable);
  const configured = configurationIn(base, request.shared);
  // What the configuration says is needed first.
  if (wanted.size > 0) return { kind: "wanting", files: [...wanted.values()] };
  if (configured.isPartial) return { kind: "wanting-shared" };
  const policy = policyOf(configured.configuration, isNew);
  const result = review(
    { pull, changes, omissions, dismissals, base, head },
    RULES,
    cache,
    policy,
    configured,
  );
  return wanted.size > 0
    ? { kind: "wanting", files: [...wanted.values()] }
    : { kind: "reviewed", review: result };
}
