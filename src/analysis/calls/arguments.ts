// Which written arguments a model means.
import type { CallArgument } from "../../flow/instruction.js";
import type { ArgumentPlace } from "../../models/model.js";

/** The written arguments that `place` means. A `*args` before it means that it may be in there. */
export function argumentsAt(
  written: readonly CallArgument[],
  place: Exclude<ArgumentPlace, "receiver">,
): readonly CallArgument[] {
  if (place === "any") return written;
  if (place.unpacked !== undefined) {
    const form = place.unpacked === "mapping" ? "doubleStar" : "star";
    return written.filter((argument) => argument.form === form);
  }
  const positional = written.filter(({ form }) => form === "positional");
  const found: CallArgument[] = [];
  if (place.from !== undefined) found.push(...positional.slice(place.from));
  if (place.position !== undefined && positional[place.position]) found.push(positional[place.position]!);
  if (place.name !== undefined) {
    found.push(...written.filter(({ form, name }) => form === "keyword" && name === place.name));
  }
  return found;
}
