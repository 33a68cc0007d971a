// The door: everything about a request is checked before its body counts for anything, and nothing is done here.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { MAX_WEBHOOK_BYTES } from "../../github/limits.js";

export interface Delivery {
  /** X-GitHub-Delivery. */
  readonly id: string;
  /** X-GitHub-Event. */
  readonly name: string;
  readonly payload: unknown;
}

export interface WebhookReceiver {
  /** @param signature "sha256=" and 64 hex digits */
  verify(body: string, signature: string): Promise<boolean>;
  /** Rejects when the delivery was not accepted. */
  receive(delivery: Delivery): Promise<void>;
}

interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** Answers one POST to the webhook path. */
export async function answerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  receiver: WebhookReceiver,
  log: Logger,
): Promise<void> {
  const refused = refuseByHeaders(request);
  if (refused !== undefined) return refuse(response, refused);
  const body = await readBody(request);
  if (body === undefined) return refuse(response, TOO_LARGE);
  if (!(await receiver.verify(body, header(request, "x-hub-signature-256")))) {
    return refuse(response, FORGED);
  }
  const payload = parse(body);
  if (payload === undefined) return refuse(response, { status: 400, reason: "not JSON" });
  const id = header(request, "x-github-delivery");
  try {
    await receiver.receive({ id, name: header(request, "x-github-event"), payload });
  } catch (error) {
    log.error({ err: error, delivery: id }, "a delivery was not accepted");
    return refuse(response, { status: 500, reason: "not accepted; see the log of the app" });
  }
  response.writeHead(202, { "content-type": "text/plain" }).end("accepted\n");
}

const TOO_LARGE: Refusal = { status: 413, reason: `larger than ${MAX_WEBHOOK_BYTES} bytes` };
const FORGED: Refusal = { status: 401, reason: "the signature is missing or wrong" };

function refuseByHeaders(request: IncomingMessage): Refusal | undefined {
  if (!/^application\/json\b/.test(header(request, "content-type"))) {
    return { status: 415, reason: "the content type must be application/json" };
  }
  if (!/^sha256=[0-9a-f]{64}$/.test(header(request, "x-hub-signature-256"))) return FORGED;
  if (header(request, "x-github-event") === "" || header(request, "x-github-delivery") === "") {
    return { status: 400, reason: "X-GitHub-Event or X-GitHub-Delivery is missing" };
  }
  return Number(header(request, "content-length") || 0) > MAX_WEBHOOK_BYTES ? TOO_LARGE : undefined;
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

/** @returns undefined when there is more of it than GitHub ever sends; the rest is then left unread */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_WEBHOOK_BYTES) chunks.push(chunk);
      else resolve(void request.pause());
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Closes the connection, so that what is left of the body is never read. */
function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(`${reason}\n`);
}
