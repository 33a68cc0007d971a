// Untrusted keys that choose which fields are set.
import type { Arrival } from "../../analysis/taint/arrival.js";
import type { SourceKind } from "../../models/kinds.js";
import type { Confidence } from "../finding.js";
import { taintRule } from "../taint-rule.js";

function judge({ taint: { origin, uncertain } }: Arrival, usual: Confidence): Confidence | undefined {
  if (usual === "low")
    return uncertain && origin.kind === "source" && isRemote(origin.source) ? "low" : undefined;
  return "medium";
}

function isRemote(source: SourceKind): boolean {
  return source === "http-request" || source === "upload" || source === "message";
}

export const massAssignment = taintRule({
  id: "mass-assignment",
  family: "input-validation",
  cwe: "CWE-915",
  title: "Mass assignment",
  severity: "medium",
  sinks: ["mass-assignment"],
  message: (source) => `${source} chooses which fields are set here.`,
  sinkNote: "sets fields by its own keys",
  help: "Take the fields that a client may set, one by one.",
  judge,
  docs: {
    what: "The keys of data from a client decide which fields of an object are set.",
    why: "A client adds a key that the form does not show: `role`, `is_admin`, `owner_id`, `price`.",
    bad: `from flask import Flask, request

app = Flask(__name__)


class Profile:
    name = ""
    is_admin = False


@app.post("/profile")
def change_profile():
    profile = Profile()
    for field, value in request.get_json().items():
        setattr(profile, field, value)
    return {"name": profile.name}
`,
    good: `from flask import Flask, request

app = Flask(__name__)


class Profile:
    name = ""
    is_admin = False


@app.post("/profile")
def change_profile():
    profile = Profile()
    for field, value in request.get_json().items():
        if field in ("name",):
            setattr(profile, field, value)
    return {"name": profile.name}
`,
    decides:
      "It follows data from where a client sends it to the name in `setattr` and to mappings that set the fields of an object.",
    silent:
      "Names compared with constants or found in a collection of them; mappings whose keys the program wrote; data that is not from a client.",
    relatives: { semgrep: ["mass-assignment"] },
  },
});
