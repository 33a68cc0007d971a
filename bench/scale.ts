// How the queue scales: `npm run bench:scale -- [--sleep 500] [--lanes 4] [--jobs 150]`.
// 1, 2 and 4 worker processes on one PostgreSQL take jobs whose work is a fixed sleep. Exit 1 when the throughput is
// more than 10 % below linear. Then: what one claim costs with many jobs waiting.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPostgresQueue } from "../src/queue/postgres-queue.js";
import type { JobQueue } from "../src/queue/queue.js";
import { openPostgres } from "../src/store/postgres.js";
import { startFakeGitHub } from "../test/fake-github/fake-github.js";
import { startPostgres } from "../test/postgres/server.js";
import { bundleApp } from "./farm/farm.js";
import { machine } from "./farm/machine.js";

const { values } = parseArgs({
  options: {
    sleep: { type: "string", default: "500" },
    lanes: { type: "string", default: "4" },
    jobs: { type: "string", default: "150" },
  },
});
/** For each worker, so that each run takes the same time. */
const jobsPerWorker = Number(values.jobs);
const LEAST_SHARE = 0.9;
const INSTALLATIONS = 20;
const BACKLOGS = [100, 1000, 10_000];
const CLAIMS = 50;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const postgres = await startPostgres();
const fake = await startFakeGitHub();
const newProcess = await bundleApp();

const rates = new Map<number, number>();
for (const workers of [1, 2, 4]) rates.set(workers, await throughput(workers));
say(`machine: ${machine()}`);
const single = rates.get(1)!;
for (const [workers, rate] of rates) {
  const share = rate / (workers * single);
  say(`${workers} workers: ${rate.toFixed(2)} jobs/s, ${(100 * share).toFixed(1)} % of linear`);
}
for (const backlog of BACKLOGS) await measureClaims(backlog);
await fake.stop();
await postgres.stop();
process.exit([...rates].every(([workers, rate]) => rate >= LEAST_SHARE * workers * single) ? 0 : 1);

/** @returns jobs a second, from when all workers are up until the last job is done */
async function throughput(workers: number): Promise<number> {
  const databaseUrl = await postgres.newDatabase();
  const database = await openPostgres(databaseUrl, { connections: 2, onBroken: () => undefined });
  const queue = await openPostgresQueue(database);
  const processes = Array.from({ length: workers }, () =>
    newProcess({
      APP_ID: String(fake.app.id),
      PRIVATE_KEY: fake.app.privateKey,
      WEBHOOK_SECRET: "a-webhook-secret-of-some-length",
      DATABASE_URL: databaseUrl,
      HOGNOSE_BENCH_REVIEW: `sleep:${values.sleep}`,
      HOGNOSE_CONCURRENCY: values.lanes,
      LOG_LEVEL: "error",
    }),
  );
  await Promise.all(processes.map((process) => process.start()));
  const jobs = jobsPerWorker * workers;
  await fill(queue, jobs);
  const begun = performance.now();
  // Work has begun while jobs were put in.
  const { waiting, running } = await queue.stats();
  const left = waiting + running;
  for (;;) {
    const stats = await queue.stats();
    if (stats.waiting + stats.running === 0) break;
    await sleep(20);
  }
  const time = (performance.now() - begun) / 1000;
  for (const process of processes) await process.kill();
  await queue.close();
  await database.close();
  return left / time;
}

async function fill(queue: JobQueue, jobs: number): Promise<void> {
  for (let n = 0; n < jobs; n++) {
    await queue.enqueue({ key: `pull:1:${n}`, payload: n, installation: n % INSTALLATIONS, priority: 0 });
  }
}

/** The unit costs of the model on paper. */
async function measureClaims(backlog: number): Promise<void> {
  const url = await postgres.newDatabase();
  const database = await openPostgres(url, { connections: 2, onBroken: () => undefined });
  const queue = await openPostgresQueue(database);
  const filled = performance.now();
  await fill(queue, backlog);
  const put = (performance.now() - filled) / backlog;
  await database.rows("ANALYZE");
  let claimed = 0;
  let settled = 0;
  for (let n = 0; n < CLAIMS; n++) {
    const begun = performance.now();
    const job = await queue.claim();
    claimed += performance.now() - begun;
    const ending = performance.now();
    await queue.complete(job!);
    settled += performance.now() - ending;
  }
  const each = [put, claimed / CLAIMS, settled / CLAIMS].map((time) => `${time.toFixed(2)} ms`);
  say(`${backlog} jobs waiting: put in ${each[0]}, claim ${each[1]}, complete ${each[2]}`);
  await database.close();
}
