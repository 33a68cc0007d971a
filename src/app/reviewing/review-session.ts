// A review in a process of its own, with limits of time and memory. What exceeds them ends alone.
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { GatheredPull } from "../../github/gather.js";
import type { ReviewBegin, ReviewError, ReviewRound, RoundRequest } from "./review-protocol.js";

/** The rounds of one review. Owns what runs them until it is closed. */
export interface ReviewSession {
  /** @throws ReviewFailed */
  round(request: RoundRequest): Promise<ReviewRound>;
  close(): void;
}

/** @param signal ends the session: its rounds reject with the signal's reason */
export type OpenSession = (gathered: GatheredPull, signal: AbortSignal) => ReviewSession;

interface ReviewLimits {
  /** Milliseconds of all rounds together. */
  readonly time: number;
  /** Megabytes of JavaScript heap. What the process takes beside it has a limit of its own where Linux tells of it. */
  readonly memory: number;
}

/** The review ended without a result. The message is for the people who read the check run. */
export class ReviewFailed extends Error {
  override readonly name: string = "ReviewFailed";
}

/** It took more time or memory than it may: a smaller review may end. */
export class ReviewExceeded extends ReviewFailed {
  override readonly name = "ReviewExceeded";
}

const ENTRY = fileURLToPath(new URL("./review-process.js", import.meta.url));
/** The end of what a dying process says, in characters. */
const LAST_WORDS = 4000;
/** Megabytes beside the heap that a review may take, for syntax trees, buffers and code. */
const BESIDE_HEAP = 512;
/** How often the process's memory is looked at, in milliseconds. */
const LOOK_EVERY = 250;
const MEGABYTE = 2 ** 20;
/** Of the memory that /proc counts, in bytes. */
const PAGE = 4096;

/** @param entry the built file that is run */
export function processSessions(
  limits: ReviewLimits,
  stored: Pick<ReviewBegin, "blobFolder" | "factsFile">,
  entry = ENTRY,
): OpenSession {
  return (gathered, signal) => {
    const child = start(limits, entry);
    const mail = openMail(child, limits, signal);
    const begin: ReviewBegin = { gathered, ...stored };
    child.send(begin, ignoreBrokenPipe);
    let left = limits.time;
    return {
      async round(request) {
        const started = performance.now();
        const answer = await mail.ask(request, left);
        left -= performance.now() - started;
        if (answer.kind !== "error") return answer;
        throw new ReviewFailed(`the review failed: ${answer.message}`, { cause: answer.stack });
      },
      close: () => void child.kill("SIGKILL"),
    };
  };
}

function start(limits: ReviewLimits, entry: string): ChildProcess {
  return fork(entry, [], {
    // Not even the environment: it holds the app's key.
    env: {},
    execArgv: [`--max-old-space-size=${limits.memory}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** A message that the process did not live to read: its end is told by "close". */
function ignoreBrokenPipe(): void {}

type Answer = ReviewRound | ReviewError;

/** One question at a time; the process's end is the answer to the one that is open and to all that follow. */
function openMail(child: ChildProcess, limits: ReviewLimits, signal: AbortSignal) {
  let open: { resolve(answer: Answer): void; reject(error: unknown): void } | undefined;
  let end: { readonly error: unknown } | undefined;
  const finish = (error: unknown): void => {
    end ??= { error };
    open?.reject(end.error);
    child.kill("SIGKILL");
  };
  const lastWords = listen(child);
  child.on("message", (answer) => open?.resolve(answer as Answer));
  child.on("error", finish);
  child.on("close", (code, killedBy) => finish(ended(code, killedBy, lastWords(), limits)));
  watchMemory(child, limits.memory + BESIDE_HEAP, () => finish(tooLarge(limits)));
  signal.addEventListener("abort", () => finish(signal.reason), { once: true });
  if (signal.aborted) finish(signal.reason);

  return {
    /** @param time milliseconds until the process is ended */
    async ask(request: RoundRequest, time: number): Promise<Answer> {
      if (end !== undefined) throw end.error;
      const late = new ReviewExceeded(
        `the review took longer than ${Math.round(limits.time / 1000)} seconds`,
      );
      const timer = setTimeout(() => finish(late), Math.max(time, 0));
      try {
        return await new Promise<Answer>((resolve, reject) => {
          open = { resolve, reject };
          child.send(request, ignoreBrokenPipe);
        });
      } finally {
        clearTimeout(timer);
        open = undefined;
      }
    },
  };
}

/** Where Linux tells how much a process takes. @param most megabytes */
function watchMemory(child: ChildProcess, most: number, exceeded: () => void): void {
  const file = `/proc/${child.pid}/statm`;
  if (!existsSync(file)) return;
  const look = async (): Promise<void> => {
    const [, resident] = (await readFile(file, "utf8").catch(() => "")).split(" ");
    if (Number(resident ?? 0) * PAGE > most * MEGABYTE) exceeded();
  };
  const timer = setInterval(() => void look(), LOOK_EVERY).unref();
  child.once("close", () => clearInterval(timer));
}

function listen(child: ChildProcess): () => string {
  let words = "";
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    words = (words + chunk).slice(-LAST_WORDS);
  });
  return () => words;
}

function ended(
  code: number | null,
  killedBy: NodeJS.Signals | null,
  lastWords: string,
  limits: ReviewLimits,
): ReviewFailed {
  if (/heap out of memory/.test(lastWords)) return tooLarge(limits);
  // Not by us: our own ends are told before.
  if (killedBy === "SIGKILL")
    return new ReviewExceeded("the system ended the review, as it does for want of memory");
  return new ReviewFailed(`the process that reviews ended by ${killedBy ?? `exit code ${code}`}`, {
    cause: lastWords,
  });
}

function tooLarge({ memory }: ReviewLimits): ReviewExceeded {
  return new ReviewExceeded(`the review needed more than ${memory} MB of memory`);
}
