// The HTTP server: reads a request, injects faults, answers, keeps the log.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutPrefix } from "./addresses.js";
import { type Answerer, createAnswerer, type Incoming } from "./answerer.js";
import { type FaultEffect, type Faults, faultAnswer } from "./faults.js";
import { type Answer, serialize } from "./http.js";
import { isWrite, type Log } from "./log.js";
import type { Webhooks } from "./webhooks.js";
import type { World } from "./world.js";

export interface RunningServer {
  /** "http://127.0.0.1:PORT" */
  readonly url: string;
  stop(): Promise<void>;
}

interface Context {
  readonly answerer: Answerer;
  readonly faults: Faults;
  readonly log: Log;
  readonly world: World;
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(
  world: World,
  faults: Faults,
  webhooks: Webhooks,
  log: Log,
): Promise<RunningServer> {
  const context: Context = {
    answerer: createAnswerer(world, webhooks, log),
    faults,
    log,
    world,
  };
  const server = createServer((request, response) => {
    serve(context, request, response).catch((error: unknown) => {
      const what = `the fake failed: ${error instanceof Error ? error.stack : String(error)}`;
      log.violations.push({ kind: "response", where: `${request.method} ${request.url}`, what });
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

async function serve(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { answerer, faults, log } = context;
  const at = context.world.now();
  const incoming = await read(context, request);
  const { method, url, body } = incoming;
  const path = url.pathname;
  const writes = isWrite(method, path, body);
  const effect = faults.next({ method, path, writes });
  if (effect?.kind === "delay") await sleep(effect.milliseconds);
  const outcome = isPerformed(effect) ? answerer(incoming) : undefined;
  if (effect?.kind === "interrupt") await effect.run();
  const sent = effect === undefined || effect.kind === "delay" ? outcome?.answer : faultAnswer(effect);
  const operation = outcome?.operation === undefined ? {} : { operation: outcome.operation };
  const performed = outcome !== undefined && outcome.answer.status < 400;
  log.requests.push({
    at,
    method,
    path,
    query: url.search,
    ...operation,
    body,
    writes,
    performed,
    status: sent?.status ?? 0,
  });
  if (sent !== undefined) send(response, sent, context.world.now());
  else if (effect?.kind === "reset" || effect?.kind === "interrupt") request.socket.resetAndDestroy();
}

/** Without a fault the request takes effect; with one, when the fault says so. */
function isPerformed(effect: FaultEffect | undefined): boolean {
  if (effect === undefined || effect.kind === "delay") return true;
  return "performed" in effect && effect.performed;
}

async function read(context: Context, request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(withoutPrefix(request.url ?? "/"), context.world.url);
  const common = { method: request.method ?? "GET", url, headers: request.headers };
  try {
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return { ...common, body, brokenJson: false };
  } catch {
    // The refusal is the answerer's: it comes after the question who is asking.
    return { ...common, body: undefined, brokenJson: true };
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer, now: Date): void {
  const common = {
    date: now.toUTCString(),
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": "FAKE",
  };
  response.writeHead(status, { ...common, ...headers });
  response.end(serialize(body));
}
