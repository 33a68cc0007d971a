// Untrusted text that a program takes for an option.
import type { Arrival } from "../../analysis/taint/arrival.js";
import { textOf } from "../../analysis/values/place.js";
import type { Confidence } from "../finding.js";
import { taintRule } from "../taint-rule.js";
import { atMost, isBuilt } from "../trail.js";

/** Programs with options that run commands or write files of the caller's choice. */
const RISKY =
  /^(?:.*\/)?(git|hg|svn|bzr|curl|wget|tar|zip|unzip|7z|find|rsync|ssh|scp|sftp|sendmail|mail|env|xargs|awk|sed|sort|man|less|vim?|nmap|tcpdump|openssl|docker|kubectl|pip3?|npm|make|gcc|python[\d.]*|perl|ruby|psql|mysql|mysqldump|pg_dump|sqlite3|ffmpeg|dig|chromium|google-chrome)$/;

function judge({ taint, argument }: Arrival, usual: Confidence): Confidence | undefined {
  // Something stands before it: `"--name=" + name`.
  if (isBuilt(taint.trail)) return undefined;
  const written = textOf(argument, 2000);
  if (/["']--["']/.test(written)) return undefined;
  // The program itself is another rule's matter.
  const first = /^[[(]\s*([^,]+)/.exec(written)?.[1];
  if (taint.origin.kind === "source" && first?.startsWith(taint.origin.text)) return undefined;
  const program = /^[[(]\s*["']([^"']+)["']/.exec(written)?.[1];
  return program !== undefined && RISKY.test(program) ? atMost("medium", usual) : undefined;
}

export const argumentInjection = taintRule({
  id: "argument-injection",
  family: "input-validation",
  cwe: "CWE-88",
  title: "Argument injection",
  severity: "medium",
  sinks: ["program-argument"],
  message: (source) => `${source} can be an option of this program.`,
  sinkNote: "is an argument of its own",
  help: 'Put `"--"` before it, or refuse values that begin with `-`.',
  judge,
  docs: {
    what: "Data from a client is a whole argument of a program, so that it can begin with `-`.",
    why: "Then the program takes it for an option. Many have one that runs a command or writes a file: `--upload-pack` of git, `-o` of curl, `--to-command` of tar.",
    bad: `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.post("/clone")
def clone():
    subprocess.run(["git", "clone", request.form["origin"]], check=True, timeout=60)
    return {"done": True}
`,
    good: `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.post("/clone")
def clone():
    subprocess.run(["git", "clone", "--", request.form["origin"]], check=True, timeout=60)
    return {"done": True}
`,
    decides:
      "It follows data from where a client sends it to an element of an argument list of a program that is known to have dangerous options.",
    silent:
      'Programs without options that do harm; elements behind `"--"`; elements with something before the data (`"--name=" + name`, `"./" + name`); numbers; values compared with constants or found in a collection of them.',
    relatives: {
      bandit: ["B603", "B606", "B607"],
      ruff: ["S603", "S606", "S607"],
      codeql: ["py/command-line-injection"],
      semgrep: [
        "dangerous-subprocess-use",
        "dangerous-subprocess-use-audit",
        "dangerous-spawn-process",
        "dangerous-os-exec",
      ],
    },
  },
});
