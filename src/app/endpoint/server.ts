// The HTTP server: the webhook path where webhooks are taken, the probes, /metrics, and nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { Meters } from "../meters.js";
import { answerWebhook, type WebhookReceiver } from "./webhook-endpoint.js";

export const WEBHOOK_PATH = "/api/github/webhooks";

export interface RunningServer {
  readonly port: number;
  /** Takes no more, and answers what has come in; who has not sent all of it after `grace` milliseconds is cut off. */
  close(grace: number): Promise<void>;
}

interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIME = 30_000;

export interface Routes {
  /** Undefined: this process takes no webhooks. */
  readonly receiver: WebhookReceiver | undefined;
  /** Why the process can do no work now, as a phrase; undefined when it can. */
  readonly notReady: () => Promise<string | undefined>;
  readonly meters: Meters;
}

/** @throws when the address cannot be listened on */
export async function startServer(address: Address, routes: Routes, log: Logger): Promise<RunningServer> {
  const server = createServer({ requestTimeout: REQUEST_TIME }, (request, response) => {
    route(request, response, routes, log).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { connection: "close" }).end();
    });
  });
  await listen(server, address);
  return { port: (server.address() as AddressInfo).port, close: (grace) => close(server, grace) };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { receiver, notReady, meters }: Routes,
  log: Logger,
): Promise<void> {
  const path = request.url?.split("?")[0];
  if (path === WEBHOOK_PATH && request.method === "POST" && receiver !== undefined) {
    const end = meters.answers.startTimer();
    await answerWebhook(request, response, receiver, log);
    end();
    meters.deliveries.inc({ status: response.statusCode });
    return;
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  switch (isRead ? path : undefined) {
    case "/healthz":
      return say(response, 200, "ok");
    case "/readyz": {
      const reason = await notReady();
      return reason === undefined ? say(response, 200, "ready") : say(response, 503, reason);
    }
    case "/metrics":
      response.writeHead(200, { "content-type": meters.registry.contentType });
      response.end(await meters.registry.metrics());
      return;
    default:
      response.writeHead(404, { connection: "close" }).end();
  }
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
}

function listen(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server, grace: number): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), grace);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(late);
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeIdleConnections();
  });
}
