// Light types: what is known of an object's class, without being a type checker.
import type { ClassEntity, FunctionEntity } from "./entities.js";

/** A union; the empty list says that nothing is known. */
export type Types = readonly Type[];

export type Type =
  | { readonly kind: "instance"; readonly class: ClassEntity; readonly arguments: readonly Types[] }
  /** An object of a class outside the repository ("builtins.list", "sqlite3.connect()"), with its type arguments. */
  | { readonly kind: "external"; readonly name: string; readonly arguments: readonly Types[] }
  /** The class itself, not an object of it: `type[X]`. */
  | { readonly kind: "class"; readonly class: ClassEntity }
  | { readonly kind: "externalClass"; readonly name: string }
  | { readonly kind: "function"; readonly function: FunctionEntity }
  | { readonly kind: "none" };

export const unknownTypes: Types = [];

export function externalType(name: string, ...typeArguments: readonly Types[]): Types {
  return [{ kind: "external", name, arguments: typeArguments }];
}

/** What identifies a type; arguments of containers aside. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case "instance":
      return type.class.qualifiedName;
    case "external":
      return type.name;
    case "class":
      return `type[${type.class.qualifiedName}]`;
    case "externalClass":
      return `type[${type.name}]`;
    case "function":
      return `def ${type.function.qualifiedName}`;
    case "none":
      return "None";
  }
}

/** Each type once, in the order of `lists`; of one container with different arguments, the first. */
export function union(...lists: readonly Types[]): Types {
  const seen = new Set<string>();
  return lists.flat().filter((type) => {
    const name = typeName(type);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** What calling something outside gives, as models write it: "flask.Flask" is a class, "sqlite3.connect()" a result. */
export function resultName(callee: string): string {
  return isClassName(callee) ? callee : `${callee}()`;
}

/** Does the last part of a dotted name have a class's capital letter, or is it a builtin class? */
export function isClassName(name: string): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return /^_*[A-Z]/.test(last) || (name.startsWith("builtins.") && builtinClasses.has(last));
}

const builtinClasses = new Set(
  "bool bytearray bytes complex dict float frozenset int list memoryview object set slice str tuple type".split(
    " ",
  ),
);
