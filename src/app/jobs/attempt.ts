// One attempt at a job, and when another is worth it.
import { failureOf } from "../../github/failure.js";
import { isWorkerDeath } from "../../queue/queue.js";
import { StoreUnavailable } from "../../store/sql.js";
import type { StopSignals } from "./stopped.js";

export interface Attempt {
  /** Counts from 1. */
  readonly number: number;
  /** Why the one before failed. */
  readonly lastError: string | undefined;
  /** When the first event came that the job answers, in milliseconds since 1970. */
  readonly queuedAt: number;
  readonly signals: StopSignals;
}

/** A review that GitHub has kept from ending this often, over some ten minutes, is given up and says so. */
export const MAX_ATTEMPTS = 8;

/** Another attempt can go better: this one is stopped, or GitHub asks to wait, or it or the store is not there. */
export function isWorthRepeating(error: unknown, attempt: Attempt): boolean {
  if (attempt.signals.stop.aborted || error instanceof StoreUnavailable) return true;
  switch (failureOf(error, Date.now())?.kind) {
    case "rate-limited":
      return true;
    case "unreachable":
      return attempt.number < MAX_ATTEMPTS;
    default:
      return false;
  }
}

/** From this attempt on a review that has just taken its worker along is made with less. */
const CAREFUL_FROM = 3;

/**
 * Whether workers die of this job, as far as that can be told from outside: a container that runs out of memory ends with
 * all that is in it. One death alone can be chance.
 */
export function isDeadly({ number, lastError }: Attempt): boolean {
  return number >= CAREFUL_FROM && isWorkerDeath(lastError);
}

/** The attempts are used up: only the check run is left to be concluded. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
  /** Workers died of it; otherwise GitHub was in the way. */
  readonly isDeadly: boolean;

  constructor(attempt: Attempt) {
    const { lastError = "an unknown error" } = attempt;
    super(`given up after ${MAX_ATTEMPTS} attempts; the last ended with: ${lastError}`);
    this.isDeadly = isDeadly(attempt);
  }
}
