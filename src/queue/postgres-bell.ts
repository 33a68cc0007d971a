// PostgreSQL tells every process of a new job at once. Only a shortcut: who hears nothing looks again by itself.
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** The channel on which graphile-worker's add_job speaks. */
const CHANNEL = "jobs:insert";
/** Before the line is opened again, in milliseconds. */
const PAUSE = 1000;

/** @returns what ends it */
export function listenForJobs(pool: pg.Pool, wake: () => void): () => Promise<void> {
  const stopped = new AbortController();
  const line = keepOpen(pool, wake, stopped.signal);
  return async () => {
    stopped.abort();
    await line;
  };
}

async function keepOpen(pool: pg.Pool, wake: () => void, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    // The statements that the queue runs tell of a database that is not there.
    await listenOnce(pool, wake, stopped).catch(() => undefined);
    await sleep(PAUSE, undefined, { signal: stopped }).catch(() => undefined);
  }
}

/** Resolves when the connection has ended. */
async function listenOnce(pool: pg.Pool, wake: () => void, stopped: AbortSignal): Promise<void> {
  const client = await pool.connect();
  const ended = new Promise<void>((resolve) => {
    client.once("end", resolve).on("error", () => resolve());
    stopped.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    client.on("notification", wake);
    await client.query(`LISTEN "${CHANNEL}"`);
    // What came while nobody listened.
    wake();
    await ended;
  } finally {
    // Closed, not given back: it listens.
    client.release(true);
  }
}
