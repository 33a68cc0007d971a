import { describe, expect, it } from "vitest";
import type { Call } from "../../src/python/ast.js";
import { firstCfg, printed } from "./python.js";

const isCallOf = (call: Call, name: string) => call.callee.kind === "name" && call.callee.id === name;

describe("a call that never returns", () => {
  it("raises to the handler around it when it is said to raise", () => {
    const text = "def f():\n    try:\n        abort(404)\n        a()\n    except E:\n        b()\n";
    const cfg = firstCfg(text, { neverReturns: (call) => (isCallOf(call, "abort") ? "raise" : undefined) });
    const aborting = cfg.blocks[1]!;
    expect(aborting.terminator.kind).toBe("raise");
    expect(cfg.blocks[aborting.handler]!.terminator.kind).toBe("catch");
    expect(cfg.blocks.filter((block) => !block.reachable && block.instructions.length > 0)).toHaveLength(1);
  });

  it("ends the body when it is said to stop, so that nothing returns", () => {
    const cfg = firstCfg("def f():\n    die()\n", { neverReturns: () => "stop" });
    expect(cfg.blocks[0]!.terminator.kind).toBe("stop");
    expect(cfg.blocks[cfg.returned]!.reachable).toBe(false);
  });
});

describe("a manager that suppresses exceptions", () => {
  it("is one of those that the hook names, and then no other", () => {
    const text = "def f():\n    with swallow:\n        a()\n    b()\n";
    const suppressing = printed(text, { suppresses: (item) => item.context.kind === "name" });
    expect(suppressing).toContain("catch v0 then b5 else b4");
    expect(printed(text)).not.toContain("catch");
  });
});
