// `isinstance(x, Type)`: on the way where it held, x is an object of that type.
import type { Value } from "../../flow/instruction.js";
import type { Frame } from "../frame.js";
import { type Environment, readPath, writePath } from "../values/environment.js";
import type { Abstract, Ref } from "../values/value.js";

/** The environment where `value` turned out to be an object of one of `types`, a class or a tuple of classes. */
export function narrowedTo(frame: Frame, value: Value, types: Value, environment: Environment): Environment {
  const path = frame.paths[value];
  const refs = objectsOf(frame.values[types]!);
  if (!path || refs.length === 0) return environment;
  const present = readPath(environment, path) ?? frame.values[value]!;
  // What was known already may be a subclass of what is asked.
  if (present.refs.some(({ kind }) => kind === "instance" || kind === "object")) return environment;
  return writePath(environment, path, { ...present, refs });
}

function objectsOf(types: Abstract): readonly Ref[] {
  const classes = [types, ...types.fields.values()].flatMap(({ refs }) => refs);
  return classes.flatMap((ref): readonly Ref[] => {
    if (ref.kind === "class") return [{ kind: "instance", body: ref.body }];
    return ref.kind === "symbol" && !ref.name.startsWith("builtins.")
      ? [{ kind: "object", type: ref.name }]
      : [];
  });
}
