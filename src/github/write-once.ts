// A write that must not happen twice: after an error that leaves open whether GitHub did it, look before trying again.
import { setTimeout as sleep } from "node:timers/promises";
import { isAmbiguous } from "./failure.js";

/** How long GitHub gets to show what it did, before each look; milliseconds. */
export type Waits = readonly number[];

export const DEFAULT_WAITS: Waits = [1000, 3000];

/**
 * @param write makes the request once, without retries
 * @param find what the write would have made, if it is there; it must recognise it by a marker of ours
 * @throws the error of the last attempt, and at once any error that is not ambiguous
 */
export async function writeOnce<Made>(
  write: () => Promise<Made>,
  find: () => Promise<Made | undefined>,
  waits: Waits = DEFAULT_WAITS,
): Promise<Made> {
  for (const wait of waits) {
    try {
      return await write();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      await sleep(wait);
      const made = await find();
      if (made !== undefined) return made;
    }
  }
  return write();
}
