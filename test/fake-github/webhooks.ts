// Webhooks: signed, recorded, delivered in order, held back when a test wants to reorder them, and delivered again.
import { createHmac, randomUUID } from "node:crypto";
import { type Answer, notFound, ok } from "./http.js";
import type { Route } from "./router.js";

export interface Delivery {
  readonly id: number;
  /** The same for every attempt at one event. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly deliveredAt: Date;
  /** Seconds. */
  readonly duration: number;
  /** 0: nobody answered. */
  readonly statusCode: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** An event on its way. */
export interface Hook {
  readonly guid: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Target {
  readonly url: string;
  readonly secret: string;
}

export interface Webhooks {
  /** Where deliveries go; without it events are kept in {@link Webhooks.held}. */
  target: Target | undefined;
  /** Keep events instead of delivering them: a test delivers, reorders, repeats or drops them. */
  hold: boolean;
  /** Events that were kept, oldest first. */
  readonly held: Hook[];
  /** Every attempt, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Delivers in the background after those before it, or holds. */
  emit(event: string, payload: Readonly<Record<string, unknown>>): void;
  /** Delivers in the background, after those before it. */
  send(hook: Hook): void;
  /** Delivers now. @param headers replace those that would be sent, for instance a forged signature */
  deliver(hook: Hook, headers?: Readonly<Record<string, string>>): Promise<Delivery>;
  /** Records that an attempt was made and that nobody answered: what GitHub tells of a webhook that was lost. */
  drop(hook: Hook): Delivery;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

/** How long GitHub waits for an answer, milliseconds. */
const patience = 10_000;

export function createWebhooks(nextId: () => number, now: () => Date, appId: () => number): Webhooks {
  const deliveries: Delivery[] = [];
  const seen = new Set<string>();
  let tail: Promise<unknown> = Promise.resolve();

  const record = (hook: Hook, outcome: Outcome): Delivery => {
    const delivery: Delivery = {
      id: nextId(),
      ...hook,
      action: stringOrNull(hook.payload.action),
      installationId: idOf(hook.payload.installation),
      repositoryId: idOf(hook.payload.repository),
      redelivery: seen.has(hook.guid),
      deliveredAt: now(),
      ...outcome,
    };
    seen.add(hook.guid);
    deliveries.push(delivery);
    return delivery;
  };

  const webhooks: Webhooks = {
    target: undefined,
    hold: false,
    held: [],
    deliveries,
    emit(event, payload) {
      const hook = { guid: randomUUID(), event, payload };
      if (webhooks.hold || webhooks.target === undefined) webhooks.held.push(hook);
      else webhooks.send(hook);
    },
    send(hook) {
      tail = tail.then(() => webhooks.deliver(hook));
    },
    async deliver(hook, headers = {}) {
      if (webhooks.target === undefined) throw new Error("no address for webhooks is configured");
      const body = JSON.stringify(hook.payload);
      const sent = { ...headersOf(hook, body, webhooks.target.secret, appId()), ...headers };
      return record(hook, await post(webhooks.target.url, sent, body));
    },
    drop: (hook) => record(hook, { ...nobody, requestHeaders: {} }),
    async idle() {
      for (let last = tail; ; last = tail) {
        await last;
        if (last === tail) return;
      }
    },
  };
  return webhooks;
}

type Outcome = Pick<
  Delivery,
  "statusCode" | "duration" | "requestHeaders" | "responseHeaders" | "responseBody"
>;

const nobody = { statusCode: 0, duration: 0, responseHeaders: {}, responseBody: "" } as const;

async function post(
  url: string,
  requestHeaders: Readonly<Record<string, string>>,
  body: string,
): Promise<Outcome> {
  const start = performance.now();
  const duration = (): number => Math.round(performance.now() - start) / 1000;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: requestHeaders,
      body,
      signal: AbortSignal.timeout(patience),
    });
    const responseBody = await response.text();
    const responseHeaders = Object.fromEntries(response.headers);
    return {
      statusCode: response.status,
      duration: duration(),
      requestHeaders,
      responseHeaders,
      responseBody,
    };
  } catch (error) {
    // As on GitHub: the failure is in the list of deliveries, with its reason.
    return { ...nobody, duration: duration(), requestHeaders, responseBody: String(error) };
  }
}

/** @returns "sha256=…", GitHub's signature of the body */
export function sign(body: string, secret: string, algorithm: "sha256" | "sha1" = "sha256"): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
}

function headersOf(
  { guid, event }: Hook,
  body: string,
  secret: string,
  appId: number,
): Record<string, string> {
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/fake",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": "1",
    "x-github-hook-installation-target-id": String(appId),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": sign(body, secret, "sha1"),
    "x-hub-signature-256": sign(body, secret),
  };
}

const stringOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function idOf(value: unknown): number | null {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "number"
    ? value.id
    : null;
}

function itemShape(delivery: Delivery) {
  const { id, guid, redelivery, duration, statusCode, event, action } = delivery;
  return {
    id,
    guid,
    delivered_at: delivery.deliveredAt.toISOString(),
    redelivery,
    duration,
    status: statusOf(statusCode),
    status_code: statusCode,
    event,
    action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function statusOf(code: number): string {
  if (code === 0) return "failed to connect to host";
  return code < 400 ? "OK" : `Invalid HTTP Response: ${code}`;
}

function fullShape(delivery: Delivery, url: string) {
  const request = { headers: delivery.requestHeaders, payload: delivery.payload };
  const response = { headers: delivery.responseHeaders, payload: delivery.responseBody };
  return { ...itemShape(delivery), url, request, response };
}

/** Newest first, with a cursor instead of pages. */
function listDeliveries(deliveries: readonly Delivery[], url: URL): Answer {
  const query = url.searchParams;
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const wanted = query.get("status");
  const before = Number(query.get("cursor")?.replace("v1_", "") ?? Number.POSITIVE_INFINITY);
  const matching = deliveries
    .filter(
      ({ id, statusCode }) =>
        id < before && (wanted === null || (wanted === "success") === succeeded(statusCode)),
    )
    .toReversed();
  const shown = matching.slice(0, size);
  const next = new URL(url);
  next.searchParams.set("cursor", `v1_${shown.at(-1)?.id}`);
  const headers = matching.length > shown.length ? { link: `<${next.href}>; rel="next"` } : {};
  return { status: 200, headers, body: shown.map(itemShape) };
}

const succeeded = (code: number): boolean => code >= 200 && code < 400;

/** The routes of one server's deliveries. Attempts are made in the background, as the answer 202 says. */
export function webhookRoutes(webhooks: Webhooks): readonly Route[] {
  const find = (id: string | undefined): Delivery => {
    const delivery = webhooks.deliveries.find((one) => one.id === Number(id));
    if (delivery === undefined) throw notFound();
    return delivery;
  };
  const attempt = (id: string | undefined): Answer => {
    const { guid, event, payload } = find(id);
    webhooks.send({ guid, event, payload });
    return { status: 202, body: {} };
  };
  return [
    {
      operation: "GET /app/hook/deliveries",
      as: "app",
      handle: ({ url }) => listDeliveries(webhooks.deliveries, url),
    },
    {
      operation: "GET /app/hook/deliveries/{delivery_id}",
      as: "app",
      handle: ({ params }) => ok(fullShape(find(params.delivery_id), webhooks.target?.url ?? "")),
    },
    {
      operation: "POST /app/hook/deliveries/{delivery_id}/attempts",
      as: "app",
      handle: ({ params }) => attempt(params.delivery_id),
    },
  ];
}
