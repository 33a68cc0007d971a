// Calls and base classes whose name says what they protect from, replaced by plainer ones of the same sort:
// `ssrf_protected_get` by `get`, `_safe_join` by `join`, `SandboxedEnvironment` by `Environment`.
import { wordsOf } from "../../base/words.js";
import type { Call } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt, lossOfDefinition } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";

export function plainerCalls(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const calls = [...change.rewritten].flatMap(([base, head]) => plainerIn(base, head, change, pool));
  return [...calls, ...plainerBases(change, pool)];
}

function plainerIn(base: Leaf, head: Leaf, change: DefinitionChange, pool: Pool): readonly Loss[] {
  const before = callsOf(base);
  const known = new Set(before.map(({ callee }) => lastNameOf(callee)));
  return before.flatMap((call): readonly Loss[] => {
    const name = lastNameOf(call.callee);
    if (!isProtecting(name) || pool.calledAsOften(name)) return [];
    const instead = callsOf(head).find(
      (each) =>
        !known.has(lastNameOf(each.callee)) &&
        isPlainer(each, name, head) &&
        sharesArgument(call, base, each, head),
    );
    if (!instead || namesProtection(head) || pool.takesOver([name], change)) return [];
    const places = { base, guard: call, head, exposed: instead };
    return [
      lossAt("weakened", { protection: "verification", did: "is the safe form of it", change, ...places }),
    ];
  });
}

/** `class Templates(SandboxedEnvironment)` is `class Templates(Environment)` now. */
function plainerBases(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const known = new Set(change.base.bases.map(({ value }) => lastNameOf(value)));
  return change.base.bases.flatMap((guard): readonly Loss[] => {
    const name = lastNameOf(guard.value);
    if (!isProtecting(name) || pool.calledAsOften(name)) return [];
    const instead = change.head.bases.find(({ value }) => {
      const fresh = lastNameOf(value);
      return !known.has(fresh) && isPart(fresh, name);
    });
    if (!instead) return [];
    const did = "is the safe form of it";
    return [
      lossOfDefinition("weakened", { protection: "verification", did, change, guard, exposed: instead }),
    ];
  });
}

const PROTECTING =
  /^(safe|safely|secured?|securely|sandbox|sandboxed|protected|defused|restricted|validated|verified|hardened|guarded|contained)$/;

/** Safe from exceptions or from wrong encodings, not from attackers. */
const OTHERWISE = /^safe_?(config_?parser|str|unicode|repr|text|substitute|encode|decode|dump|get_?attr)/i;

function isProtecting(name: string): boolean {
  return !OTHERWISE.test(name) && wordsOf(name).some((word) => PROTECTING.test(word));
}

/** Has `plain` only words of `name`, without those that protect? */
function isPart(plain: string, name: string): boolean {
  const words = new Set(wordsOf(name));
  const own = wordsOf(plain);
  return own.length > 0 && own.every((word) => words.has(word) && !PROTECTING.test(word));
}

/** `load(text, Loader=SafeLoader)` */
function namesProtection(leaf: Leaf): boolean {
  return leaf
    .parts()
    .some((part) => (part.kind === "name" || part.kind === "attribute") && isProtecting(lastNameOf(part)));
}

const DANGEROUS =
  /^(join|joinpath|path|open|extract|extractall|unpack|loads?|eval|exec|urlopen|fetch|download|redirect|run|system|popen|call|remove|unlink|rmtree|copy|move|parse|parser|fromstring|render|execute|query|import|compile|environment|unpickle)$/;
const REQUESTS = /^(get|post|put|head|delete|patch|request|stream|send)$/;
const CLIENT = /(^|[._])(requests|httpx|aiohttp|urllib3?|http|session|\w*client)\b/i;

function isPlainer({ callee }: Call, name: string, { syntax }: Leaf): boolean {
  const plain = lastNameOf(callee);
  if (!isPart(plain, name)) return false;
  if (wordsOf(plain).some((word) => DANGEROUS.test(word))) return true;
  return wordsOf(plain).some((word) => REQUESTS.test(word)) && CLIENT.test(normalText(syntax, callee));
}

function sharesArgument(call: Call, base: Leaf, other: Call, head: Leaf): boolean {
  const given = (of: Call, { syntax }: Leaf) => of.arguments.map(({ value }) => normalText(syntax, value));
  const now = given(other, head);
  return given(call, base).some((text) => now.includes(text));
}
