// What two conversations have in common when they say the same: without the numbers and hashes that chance or time give.
import type { Conversation } from "../fake-github/conversation.js";

/** Plain data; equal for conversations in which people read the same. */
export function likeness({ reviews, threads, comments, checkRuns }: Conversation): unknown {
  const written = ({ user, body, reactions }: Conversation["comments"][number]) => ({
    user,
    body,
    reactions: [...reactions].sort(),
  });
  const seen = {
    reviews: reviews.map(({ user, state, body }) => ({ user, state, body })),
    threads: threads.map(({ path, side, line, wholeFile, resolved, resolvedBy, comments: said }) => ({
      ...{ path, side, line, wholeFile, resolved, resolvedBy },
      comments: said.map(written),
    })),
    comments: comments.map(written),
    checkRuns: checkRuns.map(({ id: _, headSha: __, ...run }) => run),
  };
  return JSON.parse(withoutChance(JSON.stringify(seen)));
}

function withoutChance(text: string): string {
  return text
    .replace(/hognose:review:[0-9a-f-]{36}/g, "hognose:review:UUID")
    .replace(/hognose:reply:\d+/g, "hognose:reply:ID")
    .replace(/\b[0-9a-f]{40}\b/g, "SHA")
    .replace(/\b(in|now) [0-9a-f]{7}\b/g, "$1 SHA")
    .replace(/Reviewed in [\d.]+ s/g, "Reviewed in TIME")
    .replace(/127\.0\.0\.1:\d+/g, "HOST")
    .replace(/\/runs\/\d+/g, "/runs/ID");
}
