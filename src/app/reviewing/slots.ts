// Room for analyses: as many at once as there are cores. A review that waits for GitHub takes no room.
import type { OpenSession, ReviewSession } from "./review-session.js";

export interface Slots {
  /** Waits for room, in the order of asking. @throws the signal's reason */
  take(signal: AbortSignal): Promise<() => void>;
  readonly taken: number;
  readonly waiting: number;
}

export function newSlots(room: number): Slots {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken--;
    else next();
  };
  return {
    get taken() {
      return taken;
    },
    get waiting() {
      return waiting.length;
    },
    async take(signal) {
      signal.throwIfAborted();
      if (taken < room) taken++;
      else await turn(waiting, signal);
      let isFree = false;
      return () => {
        if (!isFree) release();
        isFree = true;
      };
    },
  };
}

/** Resolves when the room of somebody else is handed over. */
function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      waiting.splice(waiting.indexOf(give), 1);
      reject(signal.reason);
    };
    waiting.push(give);
    signal.addEventListener("abort", leave, { once: true });
  });
}

/** Sessions that start their process with the first round, and run each round only when there is room. */
export function slotted(open: OpenSession, slots: Slots): OpenSession {
  return (gathered, signal) => {
    let session: ReviewSession | undefined;
    return {
      async round(request) {
        const release = await slots.take(signal);
        try {
          session ??= open(gathered, signal);
          return await session.round(request);
        } finally {
          release();
        }
      },
      close: () => session?.close(),
    };
  };
}
