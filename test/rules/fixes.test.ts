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
  [
    "unsafe-loader: the safe function is called",
    "import yaml\n\n\ndef read(stream):\n    return yaml.load(stream, Loader=yaml.Loader)\n",
    "import yaml\n\n\ndef read(stream):\n    return yaml.safe_load(stream)\n",
  ],
  [
    "unfiltered-extraction: the filter is added",
    'import tarfile\n\n\ndef read(path):\n    with tarfile.open(path) as tar:\n        tar.extractall("x")\n',
    'import tarfile\n\n\ndef read(path):\n    with tarfile.open(path) as tar:\n        tar.extractall("x", filter="data")\n',
  ],
  [
    "missing-timeout: a limit is added",
    'import requests\n\n\ndef read():\n    return requests.get("https://a.example").text\n',
    'import requests\n\n\ndef read():\n    return requests.get("https://a.example", timeout=10).text\n',
  ],
  [
    "sql-injection: the only part of an f-string becomes a parameter, without the quotes around it",
    `import sqlite3\n\n\ndef find(db: sqlite3.Connection, name: str):\n    db.execute(f"SELECT 1 FROM t WHERE a = '{name}' LIMIT 1")\n`,
    `import sqlite3\n\n\ndef find(db: sqlite3.Connection, name: str):\n    db.execute("SELECT 1 FROM t WHERE a = ? LIMIT 1", (name,))\n`,
  ],
  [
    "sql-injection: the name of a table stays as it is",
    `import sqlite3\n\n\ndef find(db: sqlite3.Connection, table: str):\n    db.execute(f"SELECT 1 FROM {table}")\n`,
    `import sqlite3\n\n\ndef find(db: sqlite3.Connection, table: str):\n    db.execute(f"SELECT 1 FROM {table}")\n`,
  ],
  [
    "sql-injection: a part that is formatted by percent becomes a parameter",
    `import psycopg2\n\n\ndef find(cursor, name: str):\n    cursor.execute("SELECT 1 FROM t WHERE a = '%s'" % name)\n`,
    `import psycopg2\n\n\ndef find(cursor, name: str):\n    cursor.execute("SELECT 1 FROM t WHERE a = %s", (name,))\n`,
  ],
  [
    "command-injection: the only part is quoted where shlex is there",
    'import os\nimport shlex\n\n\ndef ping(host: str):\n    os.system(f"ping -c 1 {host}")\n',
    'import os\nimport shlex\n\n\ndef ping(host: str):\n    os.system(f"ping -c 1 {shlex.quote(host)}")\n',
  ],
  [
    "command-injection: a part between quotes stays as it is",
    "import os\nimport shlex\n\n\ndef ping(host: str):\n    os.system(f\"ping -c 1 '{host}'\")\n",
    "import os\nimport shlex\n\n\ndef ping(host: str):\n    os.system(f\"ping -c 1 '{host}'\")\n",
  ],
];

describe("offered replacements", () => {
  for (const [name, before, after] of CASES) {
    it(name, () => expect(mended(before)).toBe(after));
  }
});
