// Validators in the declaration of a field (`[DataRequired(), Regexp(NAME)]`), gone from a field that stands.
import type { Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { lastNameOf, type Pool } from "./pool.js";

/** WTForms', Django's, marshmallow's and attrs' names, and what projects call their own. */
const VALIDATOR =
  /valid|^(Regexp|Regex|Length|NumberRange|Range|AnyOf|OneOf|NoneOf|URL|Url|Email|IPAddress|MacAddress|UUID|EqualTo|FileAllowed|FileSize|ContainsOnly|matches_re|in_|max_len|min_len|deny_\w+|no_\w+|safe_\w+|check_\w+)$/;

export function lostValidators(change: DefinitionChange, pool: Pool): readonly Loss[] {
  return [...change.rewritten].flatMap(([base, head]) => {
    const now = elementsIn(head).map(nameOf);
    return elementsIn(base).flatMap((element): readonly Loss[] => {
      const name = nameOf(element);
      if (!VALIDATOR.test(name) || now.some((each) => VALIDATOR.test(each) && !standsIn(each, base)))
        return [];
      if (now.includes(name) || callsOf(head).length === 0 || pool.calledAsOften(name)) return [];
      return [
        lossAt("weakened", {
          protection: "validation",
          did: "checks the field",
          change,
          base,
          guard: element,
          head,
        }),
      ];
    });
  });
}

/** The elements of the lists and tuples among the arguments of the calls of a leaf. */
function elementsIn(leaf: Leaf): readonly Expression[] {
  return callsOf(leaf).flatMap(({ arguments: list }) =>
    list.flatMap(({ value }) => (value.kind === "display" && value.form !== "set" ? value.elements : [])),
  );
}

function nameOf(element: Expression): string {
  return lastNameOf(element.kind === "call" ? element.callee : element);
}

const standsIn = (name: string, leaf: Leaf): boolean =>
  elementsIn(leaf).some((each) => nameOf(each) === name);
