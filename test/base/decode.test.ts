import { describe, expect, it } from "vitest";
import { decode, MAX_SOURCE_BYTES } from "../../src/base/decode.js";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : Buffer.from(part))),
  );
const read = (...parts: (string | number[])[]) => decode("a.py", "b10b", bytes(...parts));
const reason = (...parts: (string | number[])[]) => {
  const file = read(...parts);
  return file.kind === "unreadable" ? file.reason : file.text;
};

describe("decode", () => {
  it("reads UTF-8 without a declaration", () => {
    expect(read("name = 'häßlich'\n")).toEqual({
      kind: "text",
      path: "a.py",
      blob: "b10b",
      text: "name = 'häßlich'\n",
    });
  });

  it("drops a byte order mark", () => {
    expect(reason([0xef, 0xbb, 0xbf], "x = 1\n")).toBe("x = 1\n");
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(reason("x = '", [0xe4], "'\n")).toBe("is not UTF-8");
  });

  it("honours a Latin-1 declaration on the first line", () => {
    expect(reason("# -*- coding: latin-1 -*-\nx = '", [0xe4, 0x80], "'\n")).toContain("x = 'ä\u0080'");
  });

  it("honours a declaration on the second line below a comment only", () => {
    expect(reason("#!/usr/bin/python\n# coding=iso-8859-1\nx = '", [0xe4], "'\n")).toContain("'ä'");
    expect(reason("x = 1\n# coding=iso-8859-1\ny = '", [0xe4], "'\n")).toBe("is not UTF-8");
  });

  it("ignores a declaration on the third line", () => {
    expect(reason("#\n#\n# coding=latin-1\nx = '", [0xe4], "'\n")).toBe("is not UTF-8");
  });

  it("refuses a byte above 127 under an ASCII declaration", () => {
    expect(reason("# coding: us-ascii\nx = 'ä'\n")).toBe("is not ascii");
  });

  it("reads a file in an encoding it does not know as long as the file is plain ASCII", () => {
    expect(reason("# coding: gbk\nx = 1\n")).toContain("x = 1");
    expect(reason("# coding: gbk\nx = '", [0xc4, 0xe3], "'\n")).toBe("is not gbk");
  });

  it("refuses binary content and UTF-16", () => {
    expect(reason("x", [0], "y")).toBe("is binary");
    expect(reason([0xff, 0xfe, 0x78, 0x00])).toBe("is binary");
  });

  it("refuses more than a million bytes and accepts exactly that many", () => {
    expect(decode("a.py", "b", Buffer.alloc(MAX_SOURCE_BYTES, "#")).kind).toBe("text");
    expect(decode("a.py", "b", Buffer.alloc(MAX_SOURCE_BYTES + 1, "#"))).toMatchObject({
      kind: "unreadable",
      reason: "is larger than 1 MB",
    });
  });

  it("recognises a Git LFS pointer", () => {
    expect(reason("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")).toBe(
      "is a Git LFS pointer; its content is stored elsewhere",
    );
  });

  it("reads an empty file", () => {
    expect(reason("")).toBe("");
  });
});
