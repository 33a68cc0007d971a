import { expect, test } from "vitest";
import { commentMarker, readMarker, withoutMarker } from "../../src/review/marker.js";

const fingerprint = "0123456789abcdef";

test("a marker is read back", () => {
  expect(readMarker(`${commentMarker(fingerprint)}\ntext`)).toEqual({ fingerprint, state: "open" });
  expect(readMarker(`${commentMarker(fingerprint, "fixed")}\ntext`)).toEqual({ fingerprint, state: "fixed" });
});

test("a marker counts only at the start of a body", () => {
  expect(readMarker(`\`${commentMarker(fingerprint)}\``)).toBeUndefined();
  expect(readMarker("no marker")).toBeUndefined();
});

test("a body without its marker is its text", () => {
  expect(withoutMarker(`${commentMarker(fingerprint)}\r\n\r\ntext`)).toBe("text");
  expect(withoutMarker("text <!-- x -->")).toBe("text <!-- x -->");
});
