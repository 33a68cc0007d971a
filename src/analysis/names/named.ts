// Names and dotted expressions that no instruction evaluates (annotations, types of handlers): what they refer to.

import type { Expression } from "../../python/ast.js";
import { isBuiltin } from "../../python/builtins.js";
import type { Body } from "../body.js";
import { moduleBodyOf } from "../body.js";
import { type Abstract, NOTHING, type Ref, refTo } from "../values/value.js";
import type { World } from "../world.js";
import { folderMember } from "./imported-module.js";
import { moduleMember } from "./module-member.js";

/** What `expression` is in `body` where it ends; NOTHING for what is no dotted name, and where nothing is known. */
export function namedValue(world: World, body: Body, expression: Expression): Abstract {
  if (expression.kind === "name") return nameIn(world, body, expression.id);
  if (expression.kind !== "attribute") return NOTHING;
  const name = expression.name.id;
  const refs = namedValue(world, body, expression.object).refs.flatMap((ref) =>
    memberIn(world, body, ref, name),
  );
  return { ...NOTHING, refs };
}

function nameIn(world: World, body: Body, name: string): Abstract {
  for (let holder = body; holder.kind !== "module"; holder = holder.enclosing) {
    if (holder.kind === "class" && holder !== body) continue;
    const found = world.environment(holder).get(name);
    if (found) return found;
  }
  const found = moduleMember(world, moduleBodyOf(body), name);
  return found ?? (isBuiltin(name) ? refTo({ kind: "symbol", name: `builtins.${name}` }) : NOTHING);
}

function memberIn(world: World, body: Body, ref: Ref, name: string): readonly Ref[] {
  switch (ref.kind) {
    case "symbol":
      return (
        folderMember(world, moduleBodyOf(body), ref.name, name)?.refs ?? [
          { kind: "symbol", name: `${ref.name}.${name}` },
        ]
      );
    case "object":
      return [{ kind: "symbol", name: `${ref.type}.${name}` }];
    case "module":
      return moduleMember(world, ref.module, name)?.refs ?? [];
    case "class":
    case "instance": {
      const members = world.mro(ref.body).map((each) => each.body && world.environment(each.body).get(name));
      return members.find((member) => member !== undefined)?.refs ?? [];
    }
    default:
      return [];
  }
}
