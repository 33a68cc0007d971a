// Locks, conditions, events and barriers, as `threading` and the modules that imitate it have them.
// Facts: https://docs.python.org/3/library/threading.html
import { argument, type CallModel, each, type SymbolModel } from "../model.js";
import { does, gives, is, RELEASES, SILENT } from "../shorthand.js";

/** A lock as all modules that imitate `threading` have it: acquire(blocking=True, timeout=-1), by that or another name. */
function lock(type: string, blocking: string, more: CallModel = {}): Record<string, SymbolModel> {
  return {
    [type]: gives(type),
    [`${type}.acquire`]: does({
      acquires: "lock",
      waits: {
        on: "lock",
        timeout: argument(1, "timeout"),
        limitedWhen: [is(argument(0, blocking), false, 0)],
      },
      ...more,
    }),
    [`${type}.__enter__`]: does({ acquires: "lock", waits: { on: "lock", unlimitedWhen: [] }, ...more }),
    ...each(type, "release __exit__", RELEASES),
    [`${type}.locked`]: SILENT,
  };
}

/** A condition, an event and a barrier. */
function signals(module: string): Record<string, SymbolModel> {
  return {
    [`${module}.Condition`]: { ...gives(`${module}.Condition`), extends: [`${module}.RLock`] },
    [`${module}.Condition.wait`]: does({
      waits: { on: "thread", timeout: argument(0, "timeout"), unlocks: true },
    }),
    [`${module}.Condition.wait_for`]: does({
      waits: { on: "thread", timeout: argument(1, "timeout"), unlocks: true },
    }),
    ...each(`${module}.Condition`, "notify notify_all notifyAll", SILENT),
    [`${module}.Event`]: {},
    [`${module}.Event.wait`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
    ...each(`${module}.Event`, "clear isSet is_set set", SILENT),
    [`${module}.Barrier.wait`]: does({ waits: { on: "thread", timeout: argument(0, "timeout") } }),
    ...each(`${module}.Barrier`, "abort reset", SILENT),
  };
}

export function locks(module: string, blocking = "blocking"): Record<string, SymbolModel> {
  return {
    ...lock(`${module}.Lock`, blocking),
    ...lock(`${module}.RLock`, blocking, { reentrant: true }),
    ...lock(`${module}.Semaphore`, blocking),
    [`${module}.BoundedSemaphore`]: { ...gives(`${module}.Semaphore`), extends: [`${module}.Semaphore`] },
    ...signals(module),
  };
}
