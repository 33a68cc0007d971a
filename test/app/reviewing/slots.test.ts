import { describe, expect, it } from "vitest";
import { newSlots, slotted } from "../../../src/app/reviewing/slots.js";
import type { GatheredPull } from "../../../src/github/gather.js";

const forever = new AbortController().signal;

describe("room for analyses", () => {
  it("is given in the order of asking, and once only", async () => {
    const slots = newSlots(1);
    const order: string[] = [];
    const first = await slots.take(forever);
    const second = slots.take(forever).then((release) => {
      order.push("second");
      return release;
    });
    const third = slots.take(forever).then((release) => {
      order.push("third");
      return release;
    });
    expect(slots).toMatchObject({ taken: 1, waiting: 2 });
    first();
    first();
    (await second)();
    (await third)();
    expect(order).toEqual(["second", "third"]);
    expect(slots).toMatchObject({ taken: 0, waiting: 0 });
  });

  it("is not waited for by a job that is stopped", async () => {
    const slots = newSlots(1);
    const release = await slots.take(forever);
    const stop = new AbortController();
    const waiting = slots.take(stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    release();
    expect(slots).toMatchObject({ taken: 0, waiting: 0 });
  });

  it("is held during a round only, so that who waits for GitHub is in nobody's way", async () => {
    const slots = newSlots(1);
    let opened = 0;
    const open = slotted(() => {
      opened++;
      return { round: async () => ({ kind: "wanting", files: [] }), close: () => undefined };
    }, slots);
    const sessions = [open({} as GatheredPull, forever), open({} as GatheredPull, forever)];
    expect(opened).toBe(0);
    for (const session of [...sessions, ...sessions]) await session.round({ unavailable: new Map() });
    expect(opened).toBe(2);
    expect(slots.taken).toBe(0);
    for (const session of sessions) session.close();
  });
});
