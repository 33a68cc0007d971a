#!/usr/bin/env node
// The server: reads its environment, starts the app, and stops it when it is told to.
import { existsSync } from "node:fs";
import { EnvironmentError, readEnvironment } from "./app/environment.js";
import { createLog } from "./app/log.js";
import { start } from "./app/start.js";
import { startTraces } from "./app/traces.js";
import { StoreUnavailable } from "./store/sql.js";

/** As for the command line: bad usage. */
const BAD_USAGE = 2;

async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const environment = readEnvironment(process.env);
  const log = createLog(environment.logLevel);
  const endTraces = await startTraces(process.env);
  const app = await start(environment, log);
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // The second signal is for those who cannot wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "stopping");
    const stopped = app.stop().then(() => endTraces?.());
    stopped.then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof EnvironmentError ||
    error instanceof StoreUnavailable ||
    (error instanceof Error && "code" in error);
  process.stderr.write(
    `hognose: ${isExpected ? (error as Error).message : String((error as Error)?.stack)}\n`,
  );
  process.exit(error instanceof EnvironmentError ? BAD_USAGE : 1);
});
