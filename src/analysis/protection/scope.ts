// Lookups that asked whose the object is, and parameters that protected by default.
import type { Argument, Parameter } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf } from "./pool.js";
import { says } from "./words.js";

export function lostScope(change: DefinitionChange): readonly Loss[] {
  return [...lostOwners(change), ...lostDefaults(change)];
}

const LOOKUP =
  /^(get|filter|filter_by|exclude|get_object_or_404|get_or_404|get_list_or_404|find_one|first_or_404)$/;
/** Who asks, as frameworks know it. */
const ASKER =
  /^(self\.)?(request|g|flask\.g|info\.context|context|ctx)\.(user|user_id|project_id|tenant_id|tenant|organization|account)(\.(id|pk))?$|^current_user(\.(id|pk))?$/;

/** `get(pk=key, owner=request.user)` is `get(pk=key)` now, and nothing else asks who the owner is. */
function lostOwners(change: DefinitionChange): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) =>
    callsOf(base).flatMap((call) => {
      const name = lastNameOf(call.callee);
      if (!LOOKUP.test(name) || call.arguments.length < 2) return [];
      const now = callsOf(head).find(
        (each) =>
          lastNameOf(each.callee) === name && sharesArgument(call.arguments, base, each.arguments, head),
      );
      if (!now || now.arguments.length >= call.arguments.length) return [];
      const owner = call.arguments.find(
        ({ value, name: keyword }) => keyword !== undefined && ASKER.test(normalText(base.syntax, value)),
      );
      if (!owner || asksStill(owner, base, head, change)) return [];
      const did = "asks whose it is";
      return [
        lossAt("weakened", {
          protection: "authorization",
          did,
          change,
          base,
          guard: owner,
          head,
          exposed: now,
        }),
      ];
    }),
  );
}

function sharesArgument(
  before: readonly Argument[],
  base: Leaf,
  now: readonly Argument[],
  head: Leaf,
): boolean {
  const texts = new Set(
    before.filter(({ name }) => name !== undefined).map((each) => normalText(base.syntax, each)),
  );
  return now.some((each) => texts.has(normalText(head.syntax, each)));
}

/** Stands who asks in a new statement, or in the rest of this one, or is a right asked for? */
function asksStill(owner: Argument, base: Leaf, head: Leaf, { added }: DefinitionChange): boolean {
  const asker = normalText(base.syntax, owner.value);
  const isAsked = (leaf: Leaf) =>
    leaf.text.includes(asker) || /perm|owner|author|can_|allowed|visible|accessible/i.test(leaf.text);
  return head.text.includes(asker) || added.some((leaf) => leaf !== head && isAsked(leaf));
}

const STRICT =
  /^(verify|verified|check|ssl|validate|safe|escape|autoescape|strict|secure|authenticate|sanitize)$/;
const LAX = /^(insecure|unsafe|unverified|trusted|debug|superuser|admin|anonymous)$/;

/** `verify_ssl=True` in the parameters of a function is `verify_ssl=False` now. */
function lostDefaults(change: DefinitionChange): readonly Loss[] {
  const { base, head } = change;
  if (base.node?.kind !== "function" || head.node?.kind !== "function") return [];
  const defaultOf = ({ default: value }: Parameter) => (value?.kind === "constant" ? value.value : undefined);
  const now = new Map(head.node.parameters.map((each) => [each.name.id, each]));
  return base.node.parameters.flatMap((before): readonly Loss[] => {
    const after = now.get(before.name.id);
    const [was, is] = [defaultOf(before), after && defaultOf(after)];
    const flipped =
      (says(before.name.id, STRICT) && was === true && is === false) ||
      (says(before.name.id, LAX) && was === false && is === true);
    if (!flipped || !after) return [];
    return [
      {
        protection: "verification",
        how: "weakened",
        change,
        guard: { syntax: base.module.syntax, node: before },
        exposed: { syntax: head.module.syntax, node: after },
        exposedLeaf: undefined,
        did: "is what callers get who do not ask",
        sure: "medium",
      },
    ];
  });
}
