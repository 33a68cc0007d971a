// The hourly allowance of requests: counted per installation, told in the headers of every answer.
import { type Answer, GitHubError, ok } from "./http.js";
import type { Identity } from "./identity.js";
import type { Route } from "./router.js";
import type { World } from "./world.js";

const hour = 60 * 60 * 1000;

interface Usage {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Unix time, seconds. */
  readonly reset: number;
}

function record(world: World, identity: Identity): { used: number; resetAt: Date } {
  const who =
    identity.kind === "installation" ? `installation ${identity.token.installation.id}` : identity.kind;
  const known = world.usage.get(who);
  if (known !== undefined && known.resetAt > world.now()) return known;
  const fresh = { used: 0, resetAt: new Date(world.now().getTime() + hour) };
  world.usage.set(who, fresh);
  return fresh;
}

function usage(world: World, identity: Identity): Usage {
  const { used, resetAt } = record(world, identity);
  const limit = world.limits.requestsPerHour;
  return { limit, used, remaining: Math.max(limit - used, 0), reset: Math.floor(resetAt.getTime() / 1000) };
}

/** Counts one request. @throws GitHubError 403 when the allowance is used up */
export function count(world: World, identity: Identity): void {
  const current = record(world, identity);
  if (current.used >= world.limits.requestsPerHour)
    throw new GitHubError(
      403,
      "API rate limit exceeded for installation.",
      undefined,
      rateHeaders(world, identity),
    );
  current.used++;
}

/** A conditional request that was answered with 304 is free. */
export function refund(world: World, identity: Identity): void {
  record(world, identity).used--;
}

export function rateHeaders(world: World, identity: Identity): Readonly<Record<string, string>> {
  const { limit, used, remaining, reset } = usage(world, identity);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  };
}

function overview(world: World, identity: Identity): Answer {
  const core = usage(world, identity);
  const search = { ...core, limit: 30, used: 0, remaining: 30 };
  return ok({
    resources: { core, search, graphql: { ...core, used: 0, remaining: core.limit } },
    rate: core,
  });
}

export const rateLimitRoutes: readonly Route[] = [
  { operation: "GET /rate_limit", as: "anyone", handle: ({ world, identity }) => overview(world, identity) },
];
