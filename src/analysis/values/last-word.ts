// The word by which an object of unknown type is called: all that is known of it.
import type { Value } from "../../flow/instruction.js";
import type { Frame } from "../frame.js";
import { textOf } from "./place.js";

/** "self.db.cursor()" gives "cursor()"; "" where nothing is written. */
export function lastWord(frame: Frame, object: Value): string {
  const node = frame.cfg.definitions[object]?.node;
  if (!node) return "";
  const text = textOf({ syntax: frame.body.module.syntax, node }, 200);
  return (
    text
      .replace(/\(.*\)$/, "()")
      .split(".")
      .at(-1) ?? ""
  );
}
