// Guards that a change gives a whole class, in the place of those that its methods had: a decorator, a base, a hook.
import type { Program } from "../../python/program.js";
import { namesAccessCheck } from "../access/access-words.js";
import type { DefinitionChange } from "./change.js";
import { dottedText } from "./checks.js";
import { type Definition, definitionsOf } from "./definition.js";
import { callsOf } from "./leaf.js";
import { basesOf, classAround } from "./meant.js";
import { calleeOf } from "./pool.js";
import { refusalOf } from "./refusal.js";

/** Methods by which a class checks before any other is called. */
export const BEFORE_ALL =
  /^(dispatch|prepare|initial|initialize|setup|before_\w+|process_request|check_permissions)$/;

/** Does the class of a changed method newly wear a decorator that checks, or newly have a hook that refuses? */
export function isGuardedByClass(change: DefinitionChange, program: Program): boolean {
  const owner = change.head.node?.kind === "class" ? change.head : classAround(change.head);
  if (!owner) return false;
  const was = definitionsOf(change.base.module);
  const before = was.find(({ name }) => name === owner.name);
  const worn = (of: Definition | undefined) =>
    (of?.decorators ?? []).map(({ expression }) => dottedText(calleeOf(expression)));
  const old = worn(before);
  if (worn(owner).some((name) => !old.includes(name) && namesAccessCheck(name, true))) return true;
  const inherits = (of: Definition | undefined) =>
    (of?.bases ?? []).map(({ value }) => dottedText(value)).join();
  const hasOtherBases = inherits(owner) !== inherits(before);
  const isNew = (hook: Definition) =>
    hook.module.path === owner.module.path &&
    !was.some(({ name, text }) => name === hook.name && text === hook.text);
  return [owner, ...basesOf(program, owner)].some((each) => {
    const isOther = each !== owner && hasOtherBases && !hasBase(before, each);
    // What the class had before guarded nothing that is gone now.
    return hooksOf(each).some((hook) => (isOther || isNew(hook)) && refuses(hook));
  });
}

function hooksOf(owner: Definition): readonly Definition[] {
  return definitionsOf(owner.module).filter(
    ({ name }) => name.startsWith(`${owner.name}.`) && BEFORE_ALL.test(name.slice(owner.name.length + 1)),
  );
}

function hasBase(of: Definition | undefined, base: Definition): boolean {
  const last = base.name.slice(base.name.lastIndexOf(".") + 1);
  return (of?.bases ?? []).some(({ value }) => dottedText(value).endsWith(last));
}

/** By a decorator, a call or an answer that is about who asks. */
function refuses({ decorators, leaves }: Definition): boolean {
  return (
    decorators.some(({ expression }) => namesAccessCheck(dottedText(calleeOf(expression)), true)) ||
    leaves.some(
      (leaf) =>
        (leaf.node.kind === "if" && refusalOf(leaf.node.body)?.isForbidden === true) ||
        callsOf(leaf).some(({ callee }) => namesAccessCheck(dottedText(callee), false)),
    )
  );
}
