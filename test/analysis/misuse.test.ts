import { describe, expect, it } from "vitest";
import { textOf } from "../../src/analysis/values/place.js";
import { openTree } from "../../src/rules/analyse.js";
import { memoryTree } from "../support/memory-tree.js";

/** Every misuse in a file: its kind and the argument that makes it one. */
function misusesIn(source: string): readonly string[] {
  const { world, roots } = openTree(memoryTree({ "a.py": source }), ["a.py"]);
  return roots
    .flatMap((root) => world.interpretation(root).misuses)
    .map(({ kind, option }) => (option ? `${kind} ${textOf(option.value)}` : kind))
    .sort();
}

describe("misuses", () => {
  it("looks at the named element of a mapping", () => {
    const off = 'jwt.decode(token, key, ["HS256"], options={"verify_signature": False})';
    expect(misusesIn(`import jwt\n${off}\n`)).toEqual(['signature-unverified {"verify_signature": False}']);
    const on = 'jwt.decode(token, key, ["HS256"], options={"verify_aud": False})';
    expect(misusesIn(`import jwt\n${on}\n`)).toEqual([]);
  });

  it("looks at the numbered element of a tuple", () => {
    const all = 'import socket\ns = socket.socket()\ns.bind(("0.0.0.0", 80))\n';
    expect(misusesIn(all)).toEqual(['binds-all-interfaces ("0.0.0.0", 80)']);
    expect(misusesIn(all.replace("0.0.0.0", "127.0.0.1"))).toEqual([]);
    expect(misusesIn(all.replace('"0.0.0.0"', "host"))).toEqual([]);
  });

  it("compares numbers with a limit", () => {
    const keys = "import bcrypt\nbcrypt.gensalt(4)\nbcrypt.gensalt(12)\nbcrypt.gensalt(rounds)\n";
    expect(misusesIn(keys)).toEqual(["weak-key 4"]);
  });

  it("looks for the bits of a file mode", () => {
    const modes = "import os\nos.chmod('a', 0o666)\nos.chmod('b', 0o640)\nos.chmod('c', mode)\n";
    expect(misusesIn(modes)).toEqual(["permissive-mode 0o666"]);
  });

  it("finds a constant among the elements of a list", () => {
    const origins = (list: string) =>
      `from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\nFastAPI().add_middleware(CORSMiddleware, allow_origins=${list}, allow_credentials=True)\n`;
    expect(misusesIn(origins('["*"]')).length).toBe(1);
    expect(misusesIn(origins('["https://a.example"]'))).toEqual([]);
  });

  it("takes no argument for missing that an unpacked mapping may hold", () => {
    expect(misusesIn("import yaml\nyaml.load(text)\n")).toEqual(["unsafe-deserializer"]);
    expect(misusesIn("import yaml\nyaml.load(text, **options)\n")).toEqual([]);
  });
});
