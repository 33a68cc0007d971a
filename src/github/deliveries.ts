// Webhooks that did not reach us: GitHub tells of them, and sends them again when asked, but never by itself.
import { PAGE_SIZE } from "./limits.js";
import type { Octokit } from "./octokit.js";

/** So many are asked for again at once; the next look finds the rest. */
const MOST = 500;

/**
 * Asks GitHub to deliver again what failed since `since`, once for each delivery.
 * @param octokit the app's own client
 * @param events those that matter, as "event.action"
 * @param since milliseconds since 1970
 * @returns how many
 * @throws RequestError
 */
export async function redeliverFailed(
  octokit: Octokit,
  events: ReadonlySet<string>,
  since: number,
): Promise<number> {
  const failed = new Map<string, number>();
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, {
    status: "failure",
    per_page: PAGE_SIZE,
  });
  reading: for await (const { data } of pages) {
    for (const { id, guid, event, action, delivered_at } of data) {
      if (Date.parse(delivered_at) < since || failed.size >= MOST) break reading;
      if (events.has(`${event}.${action}`) && !failed.has(guid)) failed.set(guid, id);
    }
  }
  // The oldest first, as they came.
  for (const id of [...failed.values()].reverse()) {
    await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  }
  return failed.size;
}
