// What happened between GitHub and the app, in the order of time: deliveries and requests.
import type { LoggedRequest } from "../fake-github/log.js";
import type { Delivery } from "../fake-github/webhooks.js";

export interface Moment {
  /** Milliseconds since the beginning of the demo. */
  readonly at: number;
  /** `webhook`: GitHub tells the app; `read` and `write`: the app asks GitHub. */
  readonly kind: "webhook" | "read" | "write";
  readonly what: string;
  readonly status: number;
  /** How many of this kind came one after the other; `what` is the first of them. */
  readonly times: number;
  /** In words, where the address alone does not say it. */
  readonly meaning?: string;
}

const MEANINGS: Readonly<Record<string, string>> = {
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": "which files there are",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": "what is in a file",
  "POST /app/installations/{installation_id}/access_tokens": "a token for this installation",
  "POST /repos/{owner}/{repo}/check-runs": "the check begins",
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": "the check is updated",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": "one review with all comments",
  "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}": "a comment is marked as fixed",
  "GET /repos/{owner}/{repo}/compare/{basehead}": "merge base and changed files",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": "what it said before",
  "GET /repos/{owner}/{repo}/tarball/{ref}": "the source at one commit",
};

/** @param start of the demo, by the fake's clock */
export function timelineOf(
  start: Date,
  deliveries: readonly Delivery[],
  requests: readonly LoggedRequest[],
): readonly Moment[] {
  const moments = [
    ...deliveries.map((delivery) => delivered(delivery, start)),
    ...requests.map((request) => asked(request, start)),
  ];
  return folded(moments.toSorted((one, other) => one.at - other.at));
}

/** What is the same but for its SHA is one moment. */
function folded(moments: readonly Moment[]): readonly Moment[] {
  const found: Moment[] = [];
  for (const moment of moments) {
    const last = found.at(-1);
    if (last === undefined || keyOf(last) !== keyOf(moment)) found.push(moment);
    else found[found.length - 1] = { ...last, times: last.times + 1 };
  }
  return found;
}

function keyOf({ kind, what, status }: Moment): string {
  return `${kind} ${status} ${what.replace(/\b[0-9a-f]{7}\b|\d+/g, "?")}`;
}

function delivered(delivery: Delivery, start: Date): Moment {
  const { event, action, statusCode, duration, deliveredAt } = delivery;
  return {
    // The delivery is noted when the answer is there.
    at: Math.round(deliveredAt.getTime() - duration * 1000 - start.getTime()),
    kind: "webhook",
    what: action === null ? event : `${event}.${action}`,
    status: statusCode,
    times: 1,
    meaning: `signed; answered in ${Math.round(duration * 1000)} ms`,
  };
}

function asked(request: LoggedRequest, start: Date): Moment {
  const { at, method, path, query, operation, writes, status } = request;
  const meaning = operation === undefined ? undefined : MEANINGS[operation];
  return {
    at: at.getTime() - start.getTime(),
    kind: writes ? "write" : "read",
    what: `${method} ${path}${query}`.replace(/\b[0-9a-f]{40}\b/g, (sha) => sha.slice(0, 7)),
    status,
    times: 1,
    ...(meaning === undefined ? {} : { meaning }),
  };
}
