// From a request to GitHub's answer: who asks, which operation, may they, is it well formed, what does it do.
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { redirect, withoutRepositoryId } from "./addresses.js";
import { download } from "./contents.js";
import { answerGraphql } from "./graphql.js";
import { type Answer, badCredentials, GitHubError, notFound, serialize } from "./http.js";
import { type Identity, identify } from "./identity.js";
import type { Log } from "./log.js";
import { findRepository } from "./lookups.js";
import type { Operation } from "./operations.js";
import { authorize } from "./permissions.js";
import { count, rateHeaders, refund } from "./rate-limits.js";
import { type Call, createRouter, type Route } from "./router.js";
import { allRoutes } from "./routes.js";
import { sharedValidator } from "./validate.js";
import type { Webhooks } from "./webhooks.js";
import type { World } from "./world.js";

export interface Incoming {
  readonly method: string;
  /** Without "/api/v3". */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
  readonly brokenJson: boolean;
}

interface Outcome {
  readonly answer: Answer;
  readonly operation?: Operation;
}

/** Performs a request. What GitHub refuses is an answer, too; what is thrown is a bug of the fake. */
export type Answerer = (incoming: Incoming) => Outcome;

interface Context {
  readonly world: World;
  readonly log: Log;
  readonly match: ReturnType<typeof createRouter>;
}

export function createAnswerer(world: World, webhooks: Webhooks, log: Log): Answerer {
  const context: Context = { world, log, match: createRouter(allRoutes(webhooks)) };
  return (incoming) =>
    refusable(() => {
      const file = download(world, incoming.url);
      if (file !== undefined) return { answer: file };
      const identity = identify(world, incoming.headers.authorization);
      const outcome = refusable(() => route(context, identity, incoming));
      return { ...outcome, answer: finish(world, identity, incoming, outcome.answer) };
    });
}

function refusable(perform: () => Outcome): Outcome {
  try {
    return perform();
  } catch (error) {
    if (error instanceof GitHubError) return { answer: error.toAnswer() };
    throw error;
  }
}

function route(context: Context, identity: Identity, incoming: Incoming): Outcome {
  const { world, log } = context;
  const { method, url, body } = incoming;
  if (incoming.brokenJson) throw new GitHubError(400, "Problems parsing JSON");
  if (url.pathname === "/graphql" && method === "POST") return { answer: graphql(context, identity, body) };
  const elsewhere = redirect(world, method, url);
  if (elsewhere !== undefined) return { answer: elsewhere };
  const match = context.match(method, withoutRepositoryId(world, url.pathname));
  if (match === undefined) {
    log.violations.push({
      kind: "unknown-route",
      where: `${method} ${url.pathname}`,
      what: "is not known to the fake",
    });
    throw notFound();
  }
  const { operation } = match.route;
  const accept = (incoming.headers.accept ?? "").toLowerCase();
  const call: Call = { world, params: match.params, url, identity, body: body ?? {}, accept };
  const { answer } = refusable(() => ({ answer: perform(context, match.route, call, incoming) }));
  for (const what of sharedValidator().response(operation, answer))
    log.violations.push({ kind: "response", where: operation, what });
  return { answer, operation };
}

/** Queries that GitHub's schema does not allow come back without data. */
function graphql({ world, log }: Context, identity: Identity, body: unknown): Answer {
  count(world, identity);
  const answer = answerGraphql(world, identity, body);
  const { data, errors } = answer.body as { readonly data?: unknown; readonly errors?: unknown };
  if (data === undefined && errors !== undefined)
    log.violations.push({ kind: "request", where: "POST /graphql", what: JSON.stringify(errors) });
  return answer;
}

/** Identity and permission first, then the shape of the request: who may not look learns nothing. */
function perform({ world, log }: Context, route: Route, call: Call, { method, body }: Incoming): Answer {
  const { identity, params } = call;
  if (route.operation !== "GET /rate_limit") count(world, identity);
  if (route.as === "repository") {
    const repository = findRepository(world, params.owner!, params.repo!);
    if (repository === undefined) throw notFound();
    authorize(repository, identity, route.needs, method);
    refuseMalformed(log, route.operation, call, body);
    return route.handle({ ...call, repository });
  }
  if (route.as === "app" && identity.kind !== "app")
    throw new GitHubError(401, "A JSON web token could not be decoded");
  if (route.as === "installation" && identity.kind !== "installation") throw badCredentials();
  refuseMalformed(log, route.operation, call, body);
  return route.handle(call);
}

/** @throws GitHubError 422 for a body that is not as described; parameters that are not are recorded only, as GitHub ignores them */
function refuseMalformed(log: Log, operation: Operation, { params, url }: Call, body: unknown): void {
  const validator = sharedValidator();
  const bodyErrors = validator.body(operation, body);
  const errors = [...validator.parameters(operation, params, url.searchParams), ...bodyErrors];
  for (const what of errors) log.violations.push({ kind: "request", where: operation, what });
  if (bodyErrors.length > 0) throw new GitHubError(422, `Invalid request.\n\n${bodyErrors.join("\n")}`);
}

/** Adds what every answer has; a GET whose answer the client already has becomes 304, and costs nothing. */
function finish(world: World, identity: Identity, { method, headers }: Incoming, given: Answer): Answer {
  const etag = method === "GET" && given.status === 200 ? etagOf(given.body) : undefined;
  const unchanged = etag !== undefined && headers["if-none-match"] === etag;
  if (unchanged) refund(world, identity);
  const all = {
    ...rateHeaders(world, identity),
    "x-github-media-type": "github.v3; format=json",
    ...(etag === undefined ? {} : { etag }),
    ...given.headers,
  };
  return unchanged ? { status: 304, headers: all } : { ...given, headers: all };
}

const etagOf = (body: unknown): string => `W/"${createHash("sha256").update(serialize(body)).digest("hex")}"`;
