// Which object a lock is, as several bodies mean it: a field of a class, a global of a module, or a name that the program gives it.
import { walk } from "../../python/walk.js";
import type { Body, ClassBody } from "../body.js";
import { classOf } from "../body.js";
import type { Resource } from "../resources/held.js";
import type { Place } from "../values/place.js";

/** "shop.py:Store._lock", "shop.py:lock", "name:orders"; undefined where only this body knows the lock. */
export function identityOf(body: Body, { lock, kind }: Resource): string | undefined {
  if (lock === undefined || kind !== "lock") return undefined;
  const { path } = body.module;
  const [, field] = /^self\.(\w+)$/.exec(lock) ?? [];
  if (field !== undefined) {
    const owner = ownerOf(body);
    return owner === undefined ? undefined : `${path}:${owner.name}.${field}`;
  }
  if (/^[A-Za-z_]\w*$/.test(lock)) {
    return body.module.scopes.module.bindings.has(lock) && !isLocal(body, lock)
      ? `${path}:${lock}`
      : undefined;
  }
  // `lock("name")`: the name is the identity, wherever it is written.
  const [, name] = /\(\s*["']([^"']+)["']/.exec(lock) ?? [];
  return name === undefined ? undefined : `name:${name}`;
}

/** The class around `body`, also around a function inside a method. */
export function ownerOf(body: Body): ClassBody | undefined {
  const owner = classOf(body);
  if (owner) return owner;
  return body.kind === "function" && body.enclosing.kind === "function" ? ownerOf(body.enclosing) : undefined;
}

/** The assignment that makes the lock: `self._lock = Lock()` in its class, `lock = Lock()` in its module. */
export function madeAt(body: Body, text: string): Place | undefined {
  const { syntax } = body.module;
  const roots = text.startsWith("self.") ? (ownerOf(body)?.definition.body ?? []) : syntax.body;
  let made: Place | undefined;
  for (const root of roots) {
    walk(root, (node) => {
      if (node.kind === "assign" && node.value?.kind === "call") {
        const named = node.targets.some(({ start, end }) => syntax.text.slice(start, end) === text);
        if (named) made ??= { syntax, node };
      }
      return made === undefined;
    });
  }
  return made;
}

function isLocal(body: Body, name: string): boolean {
  if (body.kind !== "function") return false;
  return body.definition.parameters.some((parameter) => parameter.name.id === name);
}
