// What the app and the process that reviews say to each other: plain data only.
import type { ListedFile } from "../../base/listing.js";
import type { SharedFile } from "../../config/shared.js";
import type { GatheredPull } from "../../github/gather.js";
import type { Review } from "../../review/review.js";

/** The first message. */
export interface ReviewBegin {
  readonly gathered: GatheredPull;
  /** Folder of the blob store. */
  readonly blobFolder: string;
  /** What was derived from files, for all reviews together. */
  readonly factsFile: string;
}

/** Each further one asks for a round; it is answered with a ReviewRound or a ReviewError. */
export interface RoundRequest {
  /** Blobs that cannot be had, with the reason as a phrase ("could not be fetched"). */
  readonly unavailable: ReadonlyMap<string, string>;
  /** The last round: every other blob that is missing cannot be had either, for this reason. */
  readonly otherwise?: string;
  /** The organisation's configuration, once it was asked for. */
  readonly shared?: SharedFile;
}

export type ReviewRound =
  | { readonly kind: "reviewed"; readonly review: Review }
  /** The review read files that are not in the blob store: it is to be made again with them. */
  | { readonly kind: "wanting"; readonly files: readonly ListedFile[] }
  /** The configuration extends that of the organisation, which is not in the blob store. */
  | { readonly kind: "wanting-shared" };

export interface ReviewError {
  readonly kind: "error";
  readonly message: string;
  readonly stack: string;
}
