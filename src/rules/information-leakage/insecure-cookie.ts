// Session cookies that scripts can read or that travel in clear text.
import type { Misuse } from "../../analysis/taint/misuse.js";
import { callAt } from "../edits.js";
import { misuseRule } from "../misuse-rule.js";
import { textAt } from "../surroundings.js";

const SESSION = /sess(ion)?(_?id)?|auth|token|jwt|remember|\bsid\b|login/i;
/** `SESSION_COOKIE_HTTPONLY = False`; without Secure a server can still be tried over plain HTTP. */
const SETTING = /^[A-Z_]*COOKIE_(SECURE|HTTPONLY)$/;
const READ_BY_SCRIPTS = /csrf|xsrf/i;

/** What the first argument, the cookie's name, says. */
function nameOf({ call }: Misuse): string {
  const written = callAt(call)?.arguments ?? [];
  const name = written.find((argument) => argument.name?.id === "key") ?? written[0];
  return name ? textAt(call, name.value) : "";
}

/** A deleted cookie holds nothing. */
function deletes({ call }: Misuse): boolean {
  const text = textAt(call, call.node);
  return /(expires|max_age)\s*=\s*0\b|delete_cookie|clear_cookie/.test(text);
}

export const insecureCookie = misuseRule({
  id: "insecure-cookie",
  family: "information-leakage",
  cwe: "CWE-614",
  title: "Session cookie without protection",
  severity: "medium",
  kinds: ["insecure-cookie"],
  message: (what) => `${what} sets a session cookie without Secure or HttpOnly.`,
  note: "sets the cookie",
  help: "Pass `secure=True, httponly=True`.",
  judge: (misuse) => {
    if (misuse.option?.keyword && SETTING.test(misuse.option.keyword))
      return SETTING.exec(misuse.option.keyword)?.[1] === "HTTPONLY" ? "medium" : "low";
    const name = nameOf(misuse);
    return SESSION.test(name) && !READ_BY_SCRIPTS.test(name) && !deletes(misuse) ? "medium" : undefined;
  },
  docs: {
    what: "A cookie that signs a user in is set without `Secure` or without `HttpOnly`.",
    why: "Without the first the browser sends it over plain HTTP too, where others read it; without the second one script injection anywhere on the site steals it.",
    bad: `from flask import Flask, make_response

app = Flask(__name__)


@app.post("/login")
def login():
    response = make_response("welcome")
    response.set_cookie("session_id", "4f6a", max_age=3600)
    return response
`,
    good: `from flask import Flask, make_response

app = Flask(__name__)


@app.post("/login")
def login():
    response = make_response("welcome")
    response.set_cookie("session_id", "4f6a", max_age=3600, secure=True, httponly=True)
    return response
`,
    decides:
      "It looks at the flags with which cookies named like a session or token are set, and at settings that switch them off; `SESSION_COOKIE_SECURE = False` is mentioned in the summary only.",
    silent:
      "Cookies of other names; CSRF cookies, which scripts have to read; cookies that are deleted; flags from configuration; tests and examples.",
    relatives: {
      codeql: ["py/insecure-cookie", "py/client-exposed-cookie", "py/samesite-none-cookie"],
      semgrep: [
        "secure-set-cookie",
        "django-secure-set-cookie",
        "pyramid-set-cookie-secure-unsafe-default",
        "pyramid-set-cookie-secure-unsafe-value",
        "pyramid-set-cookie-httponly-unsafe-default",
        "pyramid-set-cookie-httponly-unsafe-value",
      ],
      others: ["Sonar S2092", "Sonar S3330"],
    },
  },
});
