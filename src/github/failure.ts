// What went wrong with a request, as the rest of the shell needs to know it: may it be repeated, and when.
import { RequestError } from "@octokit/request-error";
import { code } from "../base/markdown.js";
import { SECONDARY_LIMIT_WAIT } from "./limits.js";

type Failure =
  /** Nothing was done; `until` is when it may be tried again, in milliseconds since 1970. */
  | { readonly kind: "rate-limited"; readonly until: number }
  /** GitHub or the network failed: whether the request was carried out is unknown. */
  | { readonly kind: "unreachable" }
  /** What the request names is not there, or no longer for us. */
  | { readonly kind: "gone" }
  /** GitHub understood and refused; repeating it does not help. */
  | { readonly kind: "refused"; readonly status: number };

/** @returns undefined for anything but an error of a request: that is a bug of ours, or an abort */
export function failureOf(error: unknown, now: number): Failure | undefined {
  if (!(error instanceof RequestError)) return undefined;
  const { status } = error;
  if (status === 403 || status === 429) {
    const until = limitedUntil(error, now);
    return until === undefined ? { kind: "refused", status } : { kind: "rate-limited", until };
  }
  if (status >= 500) return { kind: "unreachable" };
  if (status === 404 || status === 410 || status === 451) return { kind: "gone" };
  return { kind: "refused", status };
}

/** Whether GitHub may have carried out the request although it ended in an error. */
export function isAmbiguous(error: unknown): boolean {
  return error instanceof RequestError && error.status >= 500;
}

/** Whether GitHub refused the content of the request ("Unprocessable"). */
export function isInvalid(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422;
}

export function isGone(error: unknown): boolean {
  return failureOf(error, 0)?.kind === "gone";
}

/**
 * Why GitHub will never carry out a request, as a phrase in Markdown: a permission that is not granted, a locked
 * conversation, an archived repository. Undefined for every other error.
 */
export function refusalOf(error: unknown): string | undefined {
  const failure = failureOf(error, Date.now());
  if (failure?.kind !== "refused" || failure.status !== 403) return undefined;
  const { message, response } = error as RequestError;
  if (/\blocked\b/i.test(message)) return "the conversation is locked";
  if (/\barchived\b/i.test(message)) return "the repository is archived";
  const wanted = response?.headers["x-accepted-github-permissions"];
  if (typeof wanted === "string" && wanted !== "") return `the app lacks the permission ${code(wanted)}`;
  return "the app lacks a permission";
}

function limitedUntil(error: RequestError, now: number): number | undefined {
  const headers = error.response?.headers ?? {};
  const retryAfter = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(retryAfter)) return now + retryAfter * 1000;
  if (headers["x-ratelimit-remaining"] === "0") return Number(headers["x-ratelimit-reset"]) * 1000 + 1000;
  if (error.status === 429 || /secondary rate limit/i.test(error.message)) return now + SECONDARY_LIMIT_WAIT;
  return undefined;
}
