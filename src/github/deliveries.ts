// Webhooks that did not reach us: GitHub tells of them, and sends them again when asked, but never by itself.
import { PAGE_SIZE } from "./limits.js";
import type { Octokit } from "./octokit.js";

/** So many are asked for again at once, to leave the queue and GitHub's limits room. */
const MOST = 1000;

interface Redelivered {
  readonly count: number;
  /** When the last one was delivered that was asked for, if there are more; milliseconds since 1970. */
  readonly until: number | undefined;
}

/**
 * Asks GitHub to deliver again what failed since `since`, the oldest first, once for each delivery.
 * @param octokit the app's own client
 * @param events those that matter, as "event.action"
 * @param since milliseconds since 1970
 * @param most how many at once
 * @throws RequestError
 */
export async function redeliverFailed(
  octokit: Octokit,
  events: ReadonlySet<string>,
  since: number,
  most = MOST,
): Promise<Redelivered> {
  const failed = new Map<string, FailedDelivery>();
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, {
    status: "failure",
    per_page: PAGE_SIZE,
  });
  reading: for await (const { data } of pages) {
    for (const { id, guid, event, action, delivered_at } of data) {
      const at = Date.parse(delivered_at);
      if (at < since) break reading;
      if (events.has(`${event}.${action}`) && !failed.has(guid)) failed.set(guid, { id, at });
    }
  }
  const oldestFirst = [...failed.values()].reverse();
  const asked = oldestFirst.slice(0, most);
  for (const { id } of asked) await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  return { count: asked.length, until: oldestFirst.length > most ? asked.at(-1)!.at : undefined };
}

interface FailedDelivery {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}
