// Methods that a framework calls and that refused, gone from a class that stands: nothing in the repository calls them.
import type { DefinitionChange } from "./change.js";
import { type Definition, definitionsOf } from "./definition.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossOfDefinition } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";
import { refusalOf, refusesWhoAsks } from "./refusal.js";
import { AUTHORIZATION, says } from "./words.js";

/** What Django, its REST framework, Tornado and others ask before they go on. */
const ASKED =
  /^(validate_\w+|has_(object_)?permission|has_\w+_permission|check_(object_)?permissions|test_func|dispatch|prepare|initial|perform_(create|update|destroy)|can_\w+)$/;

export function lostMembers(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const { base, head } = change;
  if (base.node?.kind !== "class" || head.node?.kind !== "class") return [];
  const now = new Set(methodsOf(head).map(({ name }) => name));
  const hasOtherBases = textsOf(base) !== textsOf(head);
  return methodsOf(base).flatMap((method): readonly Loss[] => {
    const own = method.name.slice(base.name.length + 1);
    if (!ASKED.test(own) || now.has(`${head.name}.${own}`) || hasOtherBases) return [];
    const refusal = method.leaves.find(forbids);
    const isAsked = method.leaves.some(asksForRight);
    if (!refusal || !isAsked || pool.standsAsOften(refusal.text)) return [];
    return [
      lossOfDefinition("removed", {
        protection: "authorization",
        did: "refuses when the framework asks",
        change,
        guard: method.node!.name,
      }),
    ];
  });
}

function methodsOf(owner: Definition): readonly Definition[] {
  return definitionsOf(owner.module).filter(
    ({ name, node }) => node?.kind === "function" && name.startsWith(`${owner.name}.`),
  );
}

function textsOf({ bases }: Definition): string {
  return bases.map(({ value }) => lastNameOf(value)).join();
}

/** `raise PermissionDenied(…)`, `if …: return HttpResponseForbidden()`, `return False` in what answers */
function forbids({ node }: Leaf): boolean {
  if (node.kind === "raise") return refusesWhoAsks(node);
  return node.kind === "if" && refusalOf(node.body)?.isForbidden === true;
}

function asksForRight(leaf: Leaf): boolean {
  return (
    callsOf(leaf).some(({ callee }) => says(lastNameOf(callee), AUTHORIZATION)) ||
    leaf
      .parts()
      .some((part) => part.kind === "attribute" && /^(user|is_\w+|current_user)$/.test(part.name.id))
  );
}
