// How fast webhooks are answered: `npm run bench:load -- [--rate 200] [--seconds 30]`.
// One web process on PostgreSQL gets `rate` signed deliveries a second, sent on time whether or not earlier ones are
// answered. Exit 1 when the 99th percentile is above 100 ms, a delivery is lost, or the process took over 250 MB.
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import { openPostgresQueue } from "../src/queue/postgres-queue.js";
import { openPostgres } from "../src/store/postgres.js";
import { startFakeGitHub } from "../test/fake-github/fake-github.js";
import { startPostgres } from "../test/postgres/server.js";
import { bundleApp, freePort } from "./farm/farm.js";
import { machine } from "./farm/machine.js";

const { values } = parseArgs({
  options: { rate: { type: "string", default: "200" }, seconds: { type: "string", default: "30" } },
});
const rate = Number(values.rate);
const count = rate * Number(values.seconds);
const MOST_MILLISECONDS = 100;
const MOST_MEGABYTES = 250;
const SECRET = "a-webhook-secret-of-some-length";

const folder = mkdtempSync(join(tmpdir(), "hognose-load-"));
const postgres = await startPostgres();
const fake = await startFakeGitHub();
const databaseUrl = await postgres.newDatabase();
const port = await freePort();
const web = (await bundleApp())({
  APP_ID: String(fake.app.id),
  PRIVATE_KEY: fake.app.privateKey,
  WEBHOOK_SECRET: SECRET,
  GITHUB_API_URL: fake.url,
  DATABASE_URL: databaseUrl,
  HOGNOSE_ROLE: "web",
  HOGNOSE_DATA: folder,
  LOG_LEVEL: "warn",
  PORT: String(port),
  HOST: "127.0.0.1",
});
await web.start();

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const bodies = Array.from({ length: count }, (_, n) => deliveryOf(n));
// The first ones open connections and let the code be compiled.
await Promise.all(Array.from({ length: 50 }, () => deliver("{}", "ping")));
const idleTime = web.processorTime();
const times: number[] = [];
const statuses = new Map<number, number>();
const begun = performance.now();
const sent: Promise<void>[] = [];
for (let n = 0; n < count; n++) {
  const due = begun + (n * 1000) / rate;
  if (due > performance.now()) await sleep(due - performance.now());
  sent.push(measure(bodies[n]!, due));
}
await Promise.all(sent);
const took = (performance.now() - begun) / 1000;

const database = await openPostgres(databaseUrl, { connections: 2, onBroken: () => undefined });
const { waiting } = await (await openPostgresQueue(database)).stats();
await database.close();
const memory = web.peakMemory();
const perDelivery = ((web.processorTime() - idleTime) * 1000) / count;
await web.kill();
agent.destroy();
await fake.stop();
await postgres.stop();
rmSync(folder, { recursive: true });

times.sort((a, b) => a - b);
const percentile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
const figures = [0.5, 0.9, 0.99, 1].map((share) => `${percentile(share).toFixed(1)} ms`).join(", ");
process.stderr.write(`machine: ${machine()}
deliveries ${count} in ${took.toFixed(1)} s (asked: ${rate} a second), answers ${JSON.stringify([...statuses])}
from when it was due to its answer, p50, p90, p99, most: ${figures}
jobs in the queue ${waiting} of ${count}; the web process took ${perDelivery.toFixed(1)} ms of a core for each, and ${memory.toFixed(0)} MB at most
`);
const isGood = percentile(0.99) <= MOST_MILLISECONDS && waiting === count && memory <= MOST_MEGABYTES;
process.exit(isGood ? 0 : 1);

/** A real payload, of another pull request each time. */
function deliveryOf(n: number): string {
  const found = (examples as unknown as readonly { name: string; examples: readonly object[] }[]).find(
    ({ name }) => name === "pull_request",
  )!;
  const example = found.examples.find((one) => (one as { action?: string }).action === "opened") as {
    pull_request: object;
  };
  const pull_request = { ...example.pull_request, number: n + 1, draft: false };
  return JSON.stringify({ ...example, pull_request, number: n + 1, installation: { id: (n % 20) + 1 } });
}

/** @param due when it should be sent; waiting for the sender counts */
async function measure(body: string, due: number): Promise<void> {
  const status = await deliver(body, "pull_request");
  times.push(performance.now() - due);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}

function deliver(body: string, event: string): Promise<number> {
  return new Promise((resolve) => {
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    const sending = request({
      agent,
      port,
      host: "127.0.0.1",
      path: "/api/github/webhooks",
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "x-github-event": event,
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": `sha256=${signature}`,
      },
    });
    sending.on("response", (response) =>
      response.resume().on("end", () => resolve(response.statusCode ?? 0)),
    );
    sending.on("error", () => resolve(0));
    sending.end(body);
  });
}
