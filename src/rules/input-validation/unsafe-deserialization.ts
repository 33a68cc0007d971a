// Untrusted data read by a format that creates any object.
import { safelyLoaded } from "../mending.js";
import { taintRule } from "../taint-rule.js";

export const unsafeDeserialization = taintRule({
  id: "unsafe-deserialization",
  family: "input-validation",
  cwe: "CWE-502",
  title: "Unsafe deserialization",
  severity: "high",
  sinks: ["deserialize"],
  message: (source) => `${source} is deserialized into arbitrary objects.`,
  sinkNote: "is deserialized",
  help: "Use a format that holds only data, such as JSON, or `yaml.safe_load`.",
  fix: ({ call }) => safelyLoaded(call),
  docs: {
    what: "Data from a client is read by a format that creates any object: pickle, marshal, shelve, unsafe YAML, joblib, torch, numpy with pickles.",
    why: "Such data is a program. Loading it runs what its sender wrote into it, before any check of the result can help.",
    bad: `import pickle

from flask import Flask, request

app = Flask(__name__)


@app.post("/cart")
def cart():
    return {"items": len(pickle.loads(request.get_data()))}
`,
    good: `import json

from flask import Flask, request

app = Flask(__name__)


@app.post("/cart")
def cart():
    return {"items": len(json.loads(request.get_data()))}
`,
    decides:
      "It follows data from where a client, a queue or another server sends it to loaders that create arbitrary objects.",
    silent:
      "`yaml.safe_load` and safe loaders; JSON; `weights_only=True`; `allow_pickle=False`. Data from local files is mentioned in the summary only.",
    relatives: {
      bandit: ["B301", "B302", "B506", "B614"],
      ruff: ["S301", "S302", "S506"],
      codeql: ["py/unsafe-deserialization"],
      semgrep: [
        "avoid-pickle",
        "avoid-cPickle",
        "avoid-dill",
        "avoid-shelve",
        "avoid-jsonpickle",
        "avoid-pyyaml-load",
        "avoid-unsafe-ruamel",
        "marshal-usage",
        "insecure-deserialization",
        "avoid-insecure-deserialization",
        "tainted-pickle-deserialization",
        "multiprocessing-recv",
      ],
    },
  },
});
