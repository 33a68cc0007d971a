// Parameters that protected by default, for callers that do not say.
import type { Parameter } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { type Loss, lossOfDefinition } from "./loss.js";
import { says } from "./words.js";

const STRICT =
  /^(verify|verified|check|ssl|validate|safe|escape|autoescape|strict|secure|authenticate|sanitize)$/;
const LAX = /^(insecure|unsafe|unverified|trusted|debug|superuser|admin|anonymous)$/;

/** `verify_ssl=True` in the parameters of a function is `verify_ssl=False` now. */
export function lostDefaults(change: DefinitionChange): readonly Loss[] {
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
      lossOfDefinition("weakened", {
        protection: "verification",
        did: "is what callers get who do not ask",
        change,
        guard: before,
        exposed: after,
      }),
    ];
  });
}
