// Which names are secret in the repository under review: by their words, or because its maintainers list them.
import type { World } from "../world.js";
import { keyIsSecret, namesSecret } from "./secret-names.js";

type Knows = Pick<World, "catalogue">;

/** Do the maintainers call it secret (`sensitive-names`)? In upper or lower case. */
export function isDeclaredSecret({ catalogue }: Knows, name: string): boolean {
  return catalogue.secretNames.has(name.toLowerCase());
}

/** Does the name of a value say that the value is secret? `context`: the dotted name and path around it. */
export function isSecretName(world: Knows, name: string, context: string): boolean {
  return isDeclaredSecret(world, name) || namesSecret(name, context);
}

/** Does what stands under this key of a mapping have to stay secret? */
export function isSecretKey(world: Knows, key: string, context: string): boolean {
  return isDeclaredSecret(world, key) || keyIsSecret(key, context);
}
