// Python text to CFGs, for the tests of flow/.
import { buildCfg, type CfgHooks } from "../../src/flow/build.js";
import type { BodyOwner, Cfg } from "../../src/flow/cfg.js";
import { printCfg } from "../../src/flow/print.js";
import { computeScopes } from "../../src/python/bind.js";
import { lower } from "../../src/python/lower.js";
import { createParser } from "../../src/python/parse.js";

const parser = createParser();

/** The CFGs of a module: its own first, then those of every body in it, in the order of their definitions. */
export function cfgsOf(text: string, hooks: CfgHooks = {}): readonly Cfg[] {
  const parsed = parser.parse(text);
  if (parsed.kind === "unparsable") throw new Error(parsed.reason);
  const syntax = lower("test.py", text, parsed);
  const scopes = computeScopes(syntax);
  const cfgs: Cfg[] = [];
  const owners: BodyOwner[] = [syntax];
  for (const owner of owners) {
    const cfg = buildCfg(owner, scopes, hooks);
    cfgs.push(cfg);
    for (const instruction of cfg.definitions) {
      if (instruction?.op === "define" && !owners.includes(instruction.definition)) {
        owners.push(instruction.definition);
      }
    }
  }
  return cfgs;
}

/** The CFG of the module itself. */
function _moduleCfg(text: string, hooks: CfgHooks = {}): Cfg {
  return cfgsOf(text, hooks)[0]!;
}

/** The CFG of the first function, lambda or class in `text`. */
export function firstCfg(text: string, hooks: CfgHooks = {}): Cfg {
  return cfgsOf(text, hooks)[1]!;
}

/** The printed CFG of the first function, lambda or class in `text`. */
export function printed(text: string, hooks: CfgHooks = {}): string {
  return printCfg(firstCfg(text, hooks));
}
