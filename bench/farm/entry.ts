// One process of the app as the benches run it: all of it is real but the analysis, which HOGNOSE_BENCH_REVIEW names.
// "toy": a line that builds a query with "+" is a finding. "sleep:MS": the job is nothing but a wait.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEnvironment } from "../../src/app/environment.js";
import { runJobs } from "../../src/app/jobs/run-jobs.js";
import { createLog } from "../../src/app/log.js";
import { start } from "../../src/app/start.js";
import { openStores } from "../../src/app/stores.js";
import { openBlobs } from "../../src/store/blobs.js";
import { toySessions } from "../../test/e2e/toy-review.js";

const environment = readEnvironment(process.env);
const log = createLog(environment.logLevel);
const [review, time] = (process.env.HOGNOSE_BENCH_REVIEW ?? "toy").split(":");

if (review === "sleep") await sleepOnly(Number(time));
else await wholeApp();
process.send?.("ready");

/** Recovery looks every few seconds instead of minutes: a bench is short. */
async function wholeApp(): Promise<void> {
  const app = await start(environment, log, {
    openSession: toySessions(openBlobs(join(environment.dataFolder, "blobs"))),
    waits: [200, 1000],
    recovery: { look: 1000, often: 3000, seldom: 20_000, stale: 60_000 },
  });
  process.once("SIGTERM", () => void app.stop().then(() => process.exit(0)));
}

/** The queue and its lanes, without GitHub. */
async function sleepOnly(milliseconds: number): Promise<void> {
  const { queue } = await openStores(environment, environment.concurrency, log, {});
  const lanes = runJobs(queue, () => sleep(milliseconds), {
    lanes: environment.concurrency,
    heartbeat: environment.leaseTime / 3,
    poll: 1000,
    log,
  });
  queue.listen(lanes.wake);
}
