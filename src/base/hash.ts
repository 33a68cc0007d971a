// Content hashes: the one place in the core that calls a node: module, because a hash is a pure function.
import { createHash } from "node:crypto";

/** The SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
