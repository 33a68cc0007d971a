// Any site may read what the signed in user may.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { sourceOf, textAt } from "../surroundings.js";

const WITH_CREDENTIALS =
  /(supports|allow)_credentials\s*=\s*True|["']?credentials["']?\s*[=:]\s*True|CORS_ALLOW_CREDENTIALS\s*=\s*True/;

function judge({ call, body }: Misuse): Confidence | undefined {
  if (WITH_CREDENTIALS.test(textAt(call, call.node))) return "medium";
  return body.kind !== "function" && WITH_CREDENTIALS.test(sourceOf(body)) ? "medium" : "low";
}

export const corsWildcard = misuseRule({
  id: "cors-wildcard",
  family: "access-control",
  cwe: "CWE-942",
  title: "Every origin is trusted",
  severity: "medium",
  kinds: ["cors-wildcard"],
  message: (what) => `${what} lets every site read answers to its visitors.`,
  note: "admits every origin",
  help: "List the origins that need it, or leave credentials out.",
  judge,
  docs: {
    what: "Answers are shared with pages of every origin, with the credentials of whoever visits them.",
    why: "Browsers refuse `*` together with credentials, so the libraries answer with the origin that asked. Any page then reads what its visitor may read here, and uses the token it finds there.",
    bad: `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
`,
    good: `from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)
`,
    decides:
      "It looks at the origins and credentials that CORS middleware, decorators and settings are given.",
    silent:
      "Lists of origins; origins from configuration; tests and examples. A wildcard without credentials is mentioned in the summary only.",
    relatives: {
      codeql: ["py/cors-misconfiguration-with-credentials"],
      semgrep: ["wildcard-cors"],
      others: ["Sonar S5122"],
    },
  },
});
