// The HTTP server: the webhook path, /healthz, and nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { answerWebhook, type WebhookReceiver } from "./webhook-endpoint.js";

export const WEBHOOK_PATH = "/api/github/webhooks";

export interface RunningServer {
  readonly port: number;
  /** Answers what has come in and takes no more. */
  close(): Promise<void>;
}

interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIME = 30_000;

/** @throws when the address cannot be listened on */
export async function startServer(
  address: Address,
  receiver: WebhookReceiver,
  log: Logger,
): Promise<RunningServer> {
  const server = createServer({ requestTimeout: REQUEST_TIME }, (request, response) => {
    route(request, response, receiver, log).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { connection: "close" }).end();
    });
  });
  await listen(server, address);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  receiver: WebhookReceiver,
  log: Logger,
): Promise<void> {
  const path = request.url?.split("?")[0];
  if (path === WEBHOOK_PATH && request.method === "POST") {
    await answerWebhook(request, response, receiver, log);
  } else if (path === "/healthz" && (request.method === "GET" || request.method === "HEAD")) {
    response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  } else {
    response.writeHead(404, { connection: "close" }).end();
  }
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

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeIdleConnections();
  });
}
