// Constructors that nobody wrote: data classes, named tuples and models take what their classes declare.
//
//   @dataclass
//   class Job:                       Job("x", user=name) has `.command` and `.user`
//       command: str
//       user: str = ""
import type { ClassDefinition, Expression } from "../../python/ast.js";
import type { ClassBody } from "../body.js";
import { arrivesConverted } from "../names/annotation.js";
import { type Abstract, NOTHING, withField } from "../values/value.js";
import type { World } from "../world.js";
import type { CallSite } from "./call-site.js";

interface Declared {
  readonly name: string;
  readonly annotation: Expression;
  readonly owner: ClassBody;
}

/** `instance` with the arguments of the call at `site` in the fields that `body` and the classes above it declare. */
export function withDeclaredFields(site: CallSite, body: ClassBody, instance: Abstract): Abstract {
  const { world } = site.frame;
  const fields = declaredFields(world, body);
  const positional = site.instruction.arguments.filter(({ form }) => form === "positional");
  const isCounted = site.instruction.arguments.every(({ form }) => form !== "star");
  let made = instance;
  for (const [index, { name, annotation, owner }] of fields.entries()) {
    const given =
      site.instruction.arguments.find((argument) => argument.form === "keyword" && argument.name === name) ??
      (isCounted ? positional[index] : undefined);
    if (!given) continue;
    const value = site.valueOf(given.value);
    const isText = !arrivesConverted({ world, body: owner }, annotation);
    made = withField(made, `.${name}`, isText ? value : { ...NOTHING, refs: value.refs });
  }
  return made;
}

/** In the order in which a constructor takes them: those of the classes above first. */
function declaredFields(world: World, body: ClassBody): readonly Declared[] {
  const fields = new Map<string, Declared>();
  for (const { body: owner } of [...world.mro(body)].reverse()) {
    if (!owner) continue;
    for (const field of fieldsOf(owner.definition)) {
      fields.set(field.name, { ...field, owner });
    }
  }
  return [...fields.values()];
}

function fieldsOf({ body }: ClassDefinition): readonly Omit<Declared, "owner">[] {
  return body.flatMap((statement) => {
    if (statement.kind !== "assign" || !statement.annotation) return [];
    const { annotation, targets } = statement;
    const [target] = targets;
    return target?.kind === "name" && !isOfClass(annotation) ? [{ name: target.id, annotation }] : [];
  });
}

/** `ClassVar[int]` belongs to the class. */
function isOfClass(annotation: Expression): boolean {
  if (annotation.kind === "subscript") return isOfClass(annotation.object);
  if (annotation.kind === "attribute") return annotation.name.id === "ClassVar";
  return annotation.kind === "name" && annotation.id === "ClassVar";
}
