// Processes of the app for the benches: bundled once, started, killed and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Two folders below package.json, as the built app is, so that it finds its version. */
const BUNDLE = fileURLToPath(new URL("../../dist/bench/entry.mjs", import.meta.url));

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/** @returns what starts processes of the app with these variables */
export async function bundleApp(): Promise<(variables: Readonly<Record<string, string>>) => FarmProcess> {
  const entry = fileURLToPath(new URL("./entry.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return farmProcess;
}

export interface FarmProcess {
  readonly isReady: boolean;
  /** How often it was started. */
  readonly starts: number;
  start(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** The most memory that the process had so far, in megabytes. */
  peakMemory(): number;
  /** Seconds of processor time that it took so far. */
  processorTime(): number;
}

function farmProcess(variables: Readonly<Record<string, string>>): FarmProcess {
  let child: ChildProcess | undefined;
  let isReady = false;
  let starts = 0;
  return {
    get isReady() {
      return isReady;
    },
    get starts() {
      return starts;
    },
    async start() {
      starts++;
      const started = spawn(process.execPath, ["--enable-source-maps", BUNDLE], {
        env: { ...variables, NODE_ENV: "production" },
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      });
      child = started;
      await new Promise<void>((resolve) => {
        started.once("message", () => {
          isReady = child === started;
          resolve();
        });
        started.once("exit", () => resolve());
      });
    },
    async kill() {
      const ending = child;
      child = undefined;
      isReady = false;
      if (ending === undefined || ending.exitCode !== null) return;
      const ended = new Promise((resolve) => ending.once("exit", resolve));
      ending.kill("SIGKILL");
      await ended;
    },
    processorTime() {
      const fields = readFileSync(`/proc/${child?.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    peakMemory() {
      const status = readFileSync(`/proc/${child?.pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
  };
}

/** A port that stays the same when the process is started again. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
