// The mechanical replacements that rules offer: what a file is after each of them.
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/rules/analyse.js";
import { RULES } from "../../src/rules/registry.js";
import { memoryTree } from "../support/memory-tree.js";

/** The file with every offered replacement made, from the last to the first. */
function mended(source: string): string {
  const { findings } = analyse(memoryTree({ "a.py": source }), ["a.py"], RULES);
  const edits = findings.flatMap(({ fix }) => fix ?? []).sort((a, b) => b.start - a.start);
  return edits.reduce((text, { start, end, replacement }) => {
    return text.slice(0, start) + replacement + text.slice(end);
  }, source);
}

const CASES: readonly (readonly [rule: string, before: string, after: string])[] = [
  [
    "unverified-certificate: an option in the middle is removed",
    'import requests\nrequests.get("https://a.example", verify=False, timeout=5)\n',
    'import requests\nrequests.get("https://a.example", timeout=5)\n',
  ],
  [
    "unverified-certificate: an only option is removed",
    "import httpx\nhttpx.Client(verify=False)\n",
    "import httpx\nhttpx.Client()\n",
  ],
  [
    "unverified-host-key: unknown keys are refused",
    "import paramiko\nc = paramiko.SSHClient()\nc.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n",
    "import paramiko\nc = paramiko.SSHClient()\nc.set_missing_host_key_policy(paramiko.RejectPolicy())\n",
  ],
  [
    "debug-mode: the option is removed",
    "from flask import Flask\nFlask(__name__).run(port=80, debug=True)\n",
    "from flask import Flask\nFlask(__name__).run(port=80)\n",
  ],
  [
    "unanchored-validation: the whole text is matched",
    'import re\n\n\ndef is_valid(name):\n    return re.match("[a-z]+", name) is not None\n',
    'import re\n\n\ndef is_valid(name):\n    return re.fullmatch("[a-z]+", name) is not None\n',
  ],
];

describe("offered replacements", () => {
  for (const [name, before, after] of CASES) {
    it(name, () => expect(mended(before)).toBe(after));
  }
});
