// The client with which every request to GitHub is made: bounded in time, retried only where that is safe, and never
// asleep for longer than a few seconds (the queue waits better).
import type { Logger } from "pino";
import { ProbotOctokit } from "probot";
import type { Budgets } from "./budget.js";

export type Octokit = ProbotOctokit;

export interface OctokitOptions {
  /** "https://api.github.com", or "https://HOST/api/v3" of an Enterprise Server. */
  readonly baseUrl: string;
  readonly log: Logger;
  /** Whether writes are spaced and short rate limits waited for, as GitHub asks. Off in tests only. */
  readonly throttle: boolean;
  /** Is told of every answer to an installation's requests. */
  readonly budgets?: Budgets;
  /** Is told how each request ended: GitHub's status, or 0 when there was no answer. */
  readonly onRequest?: (status: number) => void;
}

type Credentials =
  | { readonly appId: number; readonly privateKey: string }
  | { readonly token: string; readonly installation: number };

/** For content writes: the retry plugin would repeat a POST that GitHub has carried out before it answered 502. */
export const ONCE = { request: { retries: 0 } } as const;

/** How long one request may take, its body included, in milliseconds. */
const REQUEST_TIME = 60_000;
/** A rate limit that ends within this many seconds is waited for; a longer one is thrown. */
const PATIENCE = 5;

type Fetch = typeof globalThis.fetch;

/** @param signal ends every request of this client */
export function createOctokit(options: OctokitOptions, auth: Credentials, signal?: AbortSignal): Octokit {
  const wait = (retryAfter: number, request: { readonly method: string; readonly url: string }) => {
    options.log.warn({ retryAfter, method: request.method, url: request.url }, "GitHub limits our requests");
    return retryAfter <= PATIENCE;
  };
  return new ProbotOctokit({
    auth,
    baseUrl: options.baseUrl,
    log: options.log,
    throttle: {
      enabled: options.throttle,
      id: "installation" in auth ? String(auth.installation) : "app",
      onRateLimit: wait,
      onSecondaryRateLimit: wait,
    },
    request: { fetch: counted(boundedFetch(signal), options, auth) },
  });
}

/** Where a write notifies people. */
const CONTENT = /\/(comments|reviews|replies)\b/;

function counted(fetch: Fetch, { budgets, onRequest }: OctokitOptions, auth: Credentials): Fetch {
  return async (input, init) => {
    let status = 0;
    try {
      const response = await fetch(input, init);
      status = response.status;
      const isWrite = !["GET", "HEAD", undefined].includes(init?.method);
      const isContent = isWrite && CONTENT.test(String(input));
      const header = (name: string) => response.headers.get(name);
      if ("installation" in auth)
        budgets?.spend(auth.installation, { isWrite, isContent, header }, Date.now());
      return response;
    } finally {
      onRequest?.(status);
    }
  };
}

function boundedFetch(signal: AbortSignal | undefined): Fetch {
  return async (input, init) => {
    const signals = [AbortSignal.timeout(REQUEST_TIME), ...(signal === undefined ? [] : [signal])];
    try {
      return await readJson(await fetch(input, { ...init, signal: AbortSignal.any(signals) }));
    } catch (error) {
      // By this name octokit knows that nobody waits for another try.
      if (signal?.aborted === true) throw new DOMException("the job was stopped", "AbortError");
      throw error;
    }
  };
}

/** Octokit takes a JSON body that was cut short for an empty answer or a text; here it is an error. */
async function readJson(response: Response): Promise<Response> {
  if (!response.headers.get("content-type")?.startsWith("application/json")) return response;
  const text = await response.text();
  // All of GitHub's answers are objects or lists.
  if (text !== "" && !/[}\]]\s*$/.test(text.slice(-8))) throw new Error("the response was cut short");
  const { status, statusText, headers } = response;
  const whole = new Response(text === "" ? null : text, { status, statusText, headers });
  // Octokit's pagination reads it.
  return Object.defineProperty(whole, "url", { value: response.url });
}
