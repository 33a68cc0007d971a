// Secrets in the query of a URL.
import { textOf } from "../../analysis/values/place.js";
import { secretRule } from "../secret-rule.js";
import { stepsOf } from "../trail.js";

const IN_QUERY = /[?&][\w.-]*(passw\w*|pwd|secret|token|api_?key|auth)[\w.-]*=(["']?\s*[+%]|[{%])/i;

export const secretInUrl = secretRule({
  id: "secret-in-url",
  family: "information-leakage",
  cwe: "CWE-598",
  title: "Secret in a URL",
  severity: "medium",
  sinks: ["url", "redirect"],
  message: (secret) => `${secret} stands in the query of a URL.`,
  sinkNote: "is requested",
  help: "Send it in a header or in the body.",
  judge: ({ taint }) =>
    stepsOf(taint.trail).some(({ place }) => IN_QUERY.test(textOf(place, 400))) ? "medium" : undefined,
  docs: {
    what: "A URL that is requested, or that a client is sent to, has a password, token or key in its query.",
    why: "URLs are logged by every server and proxy on the way, kept in histories and sent on as referrer.",
    bad: `import requests


def fetch(host, access_token):
    return requests.get(f"https://{host}/orders?access_token={access_token}", timeout=5)
`,
    good: `import requests


def fetch(host, access_token):
    headers = {"Authorization": f"Bearer {access_token}"}
    return requests.get(f"https://{host}/orders", headers=headers, timeout=5)
`,
    decides:
      "It follows secrets into the URLs of HTTP clients and redirects, where the text before them names a query parameter.",
    silent: "Headers and bodies; secrets in the path; other parameters of the query.",
  },
});
