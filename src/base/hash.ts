// Content hashes: the one place in the core that calls node: modules, because a hash is a pure function.
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** The SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The CRC-32 of the UTF-8 bytes of `text`, as 8 lower-case hex digits: against accident, not against intent. */
export function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
