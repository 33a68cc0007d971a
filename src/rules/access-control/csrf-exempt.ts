// Views that a foreign page can make a signed in browser call.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { SyntaxNode } from "../../python/ast.js";
import type { Confidence } from "../finding.js";
import { misuseRule } from "../misuse-rule.js";
import { pathTo, textAt } from "../surroundings.js";

/** It asks for something that a foreign page cannot add, so that the session alone does not suffice. */
const OTHER_PROOF =
  /hmac|signature|verify|compare_digest|bearer|authorization|api_?key|secret|oauth|saml|jwt|webhook|HTTP_X_|X-\w|api_view|token/i;
/** It works for whoever is signed in. */
const USES_SESSION =
  /\.session\b|\.user\b|current_user|login_required|permission_required|user_passes_test|session\[/;
const CHANGES =
  /POST|PUT|DELETE|\.body\b|\.save\(|\.create\(|\.delete\(|\.update\(|\.commit\(|\.add\(|\.form\b|get_json|\.json\b/;

/** The function or class under the decorator. */
function decorated({ body, call }: Misuse): SyntaxNode | undefined {
  return pathTo(body, call.node).find(
    (node) =>
      (node.kind === "function" || node.kind === "class") &&
      node.decorators.some(({ start, end }) => start <= call.node.start && end >= call.node.end),
  );
}

function judge(misuse: Misuse): Confidence | undefined {
  if (/test/i.test(misuse.body.name)) return undefined;
  if (misuse.option) return "medium";
  const view = decorated(misuse);
  if (!view) return "low";
  const text = textAt(misuse.call, view);
  if (OTHER_PROOF.test(text) || !CHANGES.test(text)) return undefined;
  return USES_SESSION.test(text) ? "medium" : "low";
}

export const csrfExempt = misuseRule({
  id: "csrf-exempt",
  family: "access-control",
  cwe: "CWE-352",
  title: "No protection from forged requests",
  severity: "medium",
  kinds: ["csrf-exempt"],
  message: (what) => `${what} lets other sites send requests in the user's name.`,
  note: "switches the check of the CSRF token off",
  help: "Leave the check on; exempt only views that ask for a key or a signature.",
  judge,
  docs: {
    what: "The check against forged requests is switched off for a view that acts for the signed in user, or for the whole application.",
    why: "A browser sends the session's cookie with every request, also with one that another site's page makes it send. Without the token that page cannot know, it acts with the user's rights.",
    bad: `from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_required
def rename(request):
    request.user.first_name = request.POST["name"]
    request.user.save()
    return HttpResponse("done")
`,
    good: `from django.contrib.auth.decorators import login_required
from django.http import HttpResponse


@login_required
def rename(request):
    request.user.first_name = request.POST["name"]
    request.user.save()
    return HttpResponse("done")
`,
    decides:
      "It looks for exemptions in Django and Flask-WTF and for options and settings that switch the check off. Of views, those that change something and use the session are reported; of the rest that change something only the summary speaks.",
    silent:
      "Views that ask for a token, key or signature (webhooks, APIs); views that only read; configuration of tests; tests and examples.",
    relatives: {
      codeql: ["py/csrf-protection-disabled"],
      semgrep: ["no-csrf-exempt", "flask-wtf-csrf-disabled", "pyramid-csrf-check-disabled"],
      others: ["Sonar S4502"],
    },
  },
});
