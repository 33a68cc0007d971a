// Which members of its receiver a method uses, itself and through the methods of its class, and who overrides them.
import type { ClassBody, FunctionBody } from "../body.js";
import type { World } from "../world.js";

/** Does `type`, or a class between it and `owner`, define one of `members`? */
export function overrides(
  world: World,
  type: ClassBody,
  owner: ClassBody,
  members: ReadonlySet<string>,
): boolean {
  if (type === owner) return false;
  if (members.has(SUPER) && !sameBehind(world, type, owner)) return true;
  for (const { body } of world.mro(type)) {
    if (body === owner) return false;
    if (!body) continue;
    const { bindings } = body.module.scopes.scopeOf(body.definition);
    for (const name of members) {
      if (bindings.has(name) || world.writersOf(body, name).length > 0) return true;
    }
  }
  return false;
}

/** Stands for the members that come from `super()`. */
const SUPER = "super()";

/** Do the same classes follow `owner` in the order of `type` as in its own? */
function sameBehind(world: World, type: ClassBody, owner: ClassBody): boolean {
  const order = world.mro(type);
  const behind = order.slice(order.findIndex(({ body }) => body === owner));
  const own = world.mro(owner);
  return (
    behind.length === own.length &&
    behind.every(({ body, library }, index) => {
      const other = own[index]!;
      return body === other.body && library === other.library;
    })
  );
}

/** The members that `method` reads from its first parameter, and those that the methods of its class among them read. */
export function membersUsed(world: World, method: FunctionBody): ReadonlySet<string> {
  const names = new Set<string>();
  const { enclosing } = method;
  const methods = new Map<string, FunctionBody>();
  for (const statement of enclosing.kind === "class" ? enclosing.definition.body : []) {
    if (statement.kind === "function") methods.set(statement.name.id, world.bodyOf(statement, enclosing));
  }
  const pending = [method];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const name of membersRead(world, next)) {
      if (names.has(name)) continue;
      names.add(name);
      const own = methods.get(name);
      if (own) pending.push(own);
    }
  }
  return names;
}

function membersRead(world: World, method: FunctionBody): readonly string[] {
  const self = method.definition.parameters[0]?.name.id;
  const { blocks, definitions } = world.cfg(method);
  return blocks.flatMap(({ instructions }) =>
    instructions.flatMap((instruction) => {
      if (instruction.op === "read" && instruction.variable.name === "super") return [SUPER];
      if (instruction.op !== "member") return [];
      const object = definitions[instruction.object];
      return object?.op === "read" && object.variable.name === self ? [instruction.name] : [];
    }),
  );
}
