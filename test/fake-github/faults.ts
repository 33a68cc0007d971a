// Trouble on demand: GitHub fails before or after it did what was asked, limits, hangs up, or does not answer.
import type { Answer } from "./http.js";

export type FaultEffect =
  /** An error status, for instance 502; `performed` tells whether the request took effect all the same. */
  | { readonly kind: "status"; readonly status: number; readonly performed: boolean }
  /** 403 "secondary rate limit", with `retry-after` in seconds. */
  | { readonly kind: "secondary-limit"; readonly retryAfter: number }
  /** 429, with `retry-after` in seconds. */
  | { readonly kind: "too-many-requests"; readonly retryAfter: number }
  /** The connection is cut without an answer. */
  | { readonly kind: "reset"; readonly performed: boolean }
  /** No answer, and the connection stays open: a time-out of the client. */
  | { readonly kind: "hang"; readonly performed: boolean }
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** Runs something (for instance: kills the app), then cuts the connection. */
  | { readonly kind: "interrupt"; readonly performed: boolean; readonly run: () => void | Promise<void> };

export interface Fault {
  /** "*" for any, "write" for all but GET and token requests. */
  readonly method: string;
  /** As requested, without "/api/v3"; "*" stands for one segment and "**" for any number. */
  readonly path: string;
  /** The first request that it concerns, counted from 1 among those that match; 1 unless said. */
  readonly nth?: number;
  /** How many in a row; 1 unless said. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface Faults {
  /** @returns what takes the fault away again */
  inject(fault: Fault): () => void;
  clear(): void;
  /** Counts the request against every fault. @returns what to do to it, if anything */
  next(method: string, path: string): FaultEffect | undefined;
}

export function createFaults(): Faults {
  const active = new Map<Fault, { readonly pattern: RegExp; seen: number }>();
  return {
    inject(fault) {
      active.set(fault, { pattern: toPattern(fault.path), seen: 0 });
      return () => active.delete(fault);
    },
    clear: () => active.clear(),
    next(method, path) {
      const due: FaultEffect[] = [];
      for (const [fault, state] of active) {
        if (!matchesMethod(fault.method, method, path) || !state.pattern.test(path)) continue;
        state.seen++;
        const { nth = 1, times = 1, effect } = fault;
        if (state.seen >= nth && state.seen < nth + times) due.push(effect);
      }
      return due[0];
    },
  };
}

function matchesMethod(wanted: string, method: string, path: string): boolean {
  if (wanted === "write") return method !== "GET" && !path.endsWith("/access_tokens");
  return wanted === "*" || wanted === method;
}

function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*|\*/g, (star) => (star === "**" ? ".*" : "[^/]+"));
  return new RegExp(`^${source}$`);
}

/** The answer that an effect puts in place of the real one; undefined when it lets it through, or there is none. */
export function faultAnswer(effect: FaultEffect): Answer | undefined {
  switch (effect.kind) {
    case "status":
      return { status: effect.status, body: { message: "Server Error" } };
    case "secondary-limit":
      return limited(403, effect.retryAfter);
    case "too-many-requests":
      return limited(429, effect.retryAfter);
    default:
      return undefined;
  }
}

function limited(status: number, retryAfter: number): Answer {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const documentation_url =
    "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits";
  return { status, headers: { "retry-after": String(retryAfter) }, body: { message, documentation_url } };
}
