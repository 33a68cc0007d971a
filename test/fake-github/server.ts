// The HTTP server: listens, finds out who asks, routes, injects faults, validates, and keeps a log of every request.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { appRoutes } from "./apps.js";
import { checkRoutes } from "./checks.js";
import { codeScanningRoutes } from "./code-scanning.js";
import { commentRoutes } from "./comments.js";
import { contentRoutes, download } from "./contents.js";
import { type FaultEffect, type Faults, faultAnswer } from "./faults.js";
import { answerGraphql, type GraphqlRequest } from "./graphql.js";
import { type Answer, badCredentials, GitHubError, notFound } from "./http.js";
import { type Identity, identify } from "./identity.js";
import type { Operation } from "./operations.js";
import { authorize, permissionRoutes } from "./permissions.js";
import { pullRoutes } from "./pulls.js";
import { count, rateHeaders, rateLimitRoutes, refund } from "./rate-limits.js";
import { reactionRoutes } from "./reactions.js";
import { reviewCommentRoutes } from "./review-comments.js";
import { reviewRoutes } from "./reviews.js";
import { type Call, createRouter, type Route } from "./router.js";
import { sharedValidator } from "./validate.js";
import { type Webhooks, webhookRoutes } from "./webhooks.js";
import { findRepository, fullName, type Repository, type World } from "./world.js";

export interface LoggedRequest {
  readonly method: string;
  /** Without "/api/v3" and without the query. */
  readonly path: string;
  readonly query: string;
  /** Undefined: GraphQL, a download, or a route that does not exist. */
  readonly operation?: Operation;
  readonly body: unknown;
  /** 0: cut or never answered. */
  readonly status: number;
}

/** Something that GitHub's description does not allow, or that the fake does not know. */
export interface Violation {
  readonly kind: "request" | "response" | "webhook" | "unknown-route";
  /** "METHOD /path", the operation, or the event. */
  readonly where: string;
  readonly what: string;
}

export interface ServerLog {
  readonly requests: LoggedRequest[];
  readonly violations: Violation[];
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Everything the server needs to answer. */
interface Context {
  readonly world: World;
  readonly faults: Faults;
  readonly log: ServerLog;
  readonly match: ReturnType<typeof createRouter>;
}

/** Every operation that the fake plays. */
export function allRoutes(webhooks: Webhooks): readonly Route[] {
  return [
    ...appRoutes,
    ...webhookRoutes(webhooks),
    ...rateLimitRoutes,
    ...permissionRoutes,
    ...pullRoutes,
    ...contentRoutes,
    ...reviewRoutes,
    ...reviewCommentRoutes,
    ...commentRoutes,
    ...reactionRoutes,
    ...checkRoutes,
    ...codeScanningRoutes,
  ];
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(
  world: World,
  faults: Faults,
  webhooks: Webhooks,
  log: ServerLog,
): Promise<RunningServer> {
  const context: Context = { world, faults, log, match: createRouter(allRoutes(webhooks)) };
  const server = createServer((request, response) => {
    serve(context, request, response).catch((error: unknown) => {
      log.violations.push({
        kind: "response",
        where: `${request.method} ${request.url}`,
        what: `the fake failed: ${String(error)}`,
      });
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function serve(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, faults, log } = context;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const incoming = parse(world, request, Buffer.concat(chunks).toString("utf8"));
  const effect = faults.next(incoming.method, incoming.url.pathname);
  if (effect?.kind === "delay") await sleep(effect.milliseconds);
  const performed =
    effect === undefined || effect.kind === "delay" || ("performed" in effect && effect.performed);
  const outcome: Outcome = performed ? answer(context, incoming) : { answer: { status: 0 } };
  if (effect?.kind === "interrupt") await effect.run();
  const sent = effect === undefined || effect.kind === "delay" ? outcome.answer : faultAnswer(effect);
  const { method, url, body } = incoming;
  const operation = outcome.operation === undefined ? {} : { operation: outcome.operation };
  log.requests.push({
    method,
    path: url.pathname,
    query: url.search,
    ...operation,
    body,
    status: sent?.status ?? 0,
  });
  if (sent !== undefined) send(response, sent);
  else if (hangsUp(effect)) request.socket.resetAndDestroy();
}

const hangsUp = (effect: FaultEffect | undefined): boolean =>
  effect?.kind === "reset" || effect?.kind === "interrupt";

interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
  readonly brokenJson: boolean;
}

/** GitHub Enterprise Server has its API below /api/v3, and GraphQL at /api/graphql: both are understood. */
function parse(world: World, request: IncomingMessage, text: string): Incoming {
  const url = new URL(
    (request.url ?? "/").replace(/^\/api\/v3(?=\/|$)/, "").replace(/^\/api\/graphql$/, "/graphql"),
    world.url,
  );
  const method = request.method ?? "GET";
  try {
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return { method, url, headers: request.headers, body, brokenJson: false };
  } catch {
    return { method, url, headers: request.headers, body: undefined, brokenJson: true };
  }
}

interface Outcome {
  readonly answer: Answer;
  readonly operation?: Operation;
}

/** Performs the request. GitHub's refusals become answers; anything else that is thrown is a bug of the fake. */
function answer(context: Context, incoming: Incoming): Outcome {
  const { world, log } = context;
  let identity: Identity = { kind: "anonymous" };
  let operation: Operation | undefined;
  try {
    const file = download(world, incoming.url);
    if (file !== undefined) return { answer: file };
    identity = identify(world, incoming.headers.authorization);
    if (incoming.brokenJson) throw new GitHubError(400, "Problems parsing JSON");
    if (incoming.url.pathname === "/graphql" && incoming.method === "POST")
      return { answer: finish(world, identity, incoming, graphql(world, identity, incoming.body)) };
    const redirect = moved(world, incoming);
    if (redirect !== undefined) return { answer: redirect };
    const match = context.match(incoming.method, withoutRepositoryId(world, incoming.url.pathname));
    if (match === undefined) throw unknownRoute(log, incoming);
    operation = match.route.operation;
    if (operation !== "GET /rate_limit") count(world, identity);
    const call: Call = {
      world,
      ...match,
      url: incoming.url,
      identity,
      body: incoming.body ?? {},
      accept: (incoming.headers.accept ?? "").toLowerCase(),
    };
    const performed = perform(context, match.route, call, incoming);
    return { answer: checked(context, operation, finish(world, identity, incoming, performed)), operation };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const refusal = finish(world, identity, incoming, error.toAnswer());
    return operation === undefined
      ? { answer: refusal }
      : { answer: checked(context, operation, refusal), operation };
  }
}

function unknownRoute(log: ServerLog, { method, url }: Incoming): GitHubError {
  log.violations.push({
    kind: "unknown-route",
    where: `${method} ${url.pathname}`,
    what: "is not known to the fake",
  });
  return notFound();
}

function graphql(world: World, identity: Identity, body: unknown): Answer {
  count(world, identity);
  return answerGraphql(world, identity, body as GraphqlRequest);
}

/** Identity and permission first, then the shape of the request: who may not look learns nothing. */
function perform({ world, log }: Context, route: Route, call: Call, { method, body }: Incoming): Answer {
  const { identity } = call;
  const validate = (): void => refuseMalformed(log, route.operation, call, body);
  if (route.as === "repository") {
    const repository =
      findRepository(world, call.params.owner!, call.params.repo!) ?? byId(world, call.url.pathname);
    if (repository === undefined) throw notFound();
    authorize(repository, identity, route.needs, method);
    validate();
    return route.handle({ ...call, repository });
  }
  if (route.as === "app" && identity.kind !== "app")
    throw new GitHubError(401, "A JSON web token could not be decoded");
  if (route.as === "installation" && identity.kind !== "installation") throw badCredentials();
  validate();
  return route.handle(call);
}

/** @throws GitHubError 422 for a body that GitHub's description does not allow; anything else is recorded only */
function refuseMalformed(log: ServerLog, operation: Operation, { params, url }: Call, body: unknown): void {
  const errors = sharedValidator().request(operation, params, url.searchParams, body);
  for (const what of errors) log.violations.push({ kind: "request", where: operation, what });
  if (errors.some((error) => !error.includes("parameter")))
    throw new GitHubError(422, `Invalid request.\n\n${errors.join("\n")}`);
}

function checked({ log }: Context, operation: Operation, answered: Answer): Answer {
  for (const what of sharedValidator().response(operation, answered))
    log.violations.push({ kind: "response", where: operation, what });
  return answered;
}

/** A former name: reads are redirected permanently, writes with 307, to the address with the id. */
function moved(world: World, { method, url }: Incoming): Answer | undefined {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
  if (name === "" || findRepository(world, owner, name) !== undefined) return undefined;
  const now = world.repositories.find((one) => one.owner.login === owner && one.formerNames.includes(name));
  if (now === undefined) return undefined;
  const location = `${world.url}/repositories/${now.id}${rest}${url.search}`;
  const status = method === "GET" ? 301 : 307;
  return {
    status,
    headers: { location },
    body: { message: "Moved Permanently", url: location, documentation_url: "https://docs.github.com/rest" },
  };
}

const idPath = /^\/repositories\/(\d+)(?=\/|$)/;

function byId(world: World, path: string): Repository | undefined {
  const id = Number(idPath.exec(path)?.[1]);
  return world.repositories.find((repository) => repository.id === id);
}

function withoutRepositoryId(world: World, path: string): string {
  const repository = byId(world, path);
  return repository === undefined ? path : path.replace(idPath, `/repos/${fullName(repository)}`);
}

/** Adds what every answer has; a GET whose answer the client already has becomes 304, and costs nothing. */
function finish(world: World, identity: Identity, { method, headers }: Incoming, given: Answer): Answer {
  const readable = method === "GET" && given.status === 200;
  const etag = readable
    ? { etag: `W/"${createHash("sha256").update(serialize(given.body)).digest("hex")}"` }
    : undefined;
  const unchanged = etag !== undefined && headers["if-none-match"] === etag.etag;
  if (unchanged) refund(world, identity);
  const all = {
    ...rateHeaders(world, identity),
    "x-github-media-type": "github.v3; format=json",
    ...etag,
    ...given.headers,
  };
  return unchanged ? { status: 304, headers: all } : { ...given, headers: all };
}

function serialize(body: unknown): Buffer | string {
  if (body === undefined) return "";
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": "FAKE",
    ...headers,
  });
  response.end(serialize(body));
}
