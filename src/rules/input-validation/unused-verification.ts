// Signatures, addresses and forms that are checked by what answers yes or no, where nobody listens.
import { readsErrors, unusedResultRule } from "../unused-result.js";

/** Functions of libraries that return a boolean and never raise for a wrong value. */
const BY_NAME = /^(compare_digest|url_has_allowed_host_and_scheme|is_safe_url)$/;
/** Forms and serializers say whether they are valid; what they found is for whoever looks at their errors. */
const OF_FORMS = /^(is_valid|validate)$/;
const FORM = /(^|[._])(form|serializer)\d?(\(.*\))?$/i;

export const unusedVerification = unusedResultRule({
  id: "unused-verification",
  family: "input-validation",
  cwe: "CWE-252",
  title: "Verification without consequence",
  judge: ({ name, receiver, call, body }) => {
    if (BY_NAME.test(name)) return "high";
    const isForm = OF_FORMS.test(name) && FORM.test(receiver) && call.arguments.length === 0;
    return isForm && !readsErrors(body) ? "medium" : undefined;
  },
  docs: {
    what: "A signature, an address or a form is checked by a function that returns True or False, and the result is thrown away.",
    why: "The check is there to be read and never refuses anybody: a forged signature passes like a right one.",
    bad: `import hashlib
import hmac


def receive(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    hmac.compare_digest(expected, signature)
    return body
`,
    good: `import hashlib
import hmac


def receive(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise PermissionError("wrong signature")
    return body
`,
    decides:
      "It looks for calls that stand alone as a statement: of `compare_digest` and Django's check of redirect targets, and of `is_valid` and `validate` on forms and serializers.",
    silent:
      "Functions of the repository that raise; forms whose errors are read; checks that are made only to take as long as others (their comment or argument says so); tests.",
    relatives: { codeql: ["py/ignored-return-value"] },
  },
});
