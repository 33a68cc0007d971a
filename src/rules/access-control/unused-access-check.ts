// Passwords, permissions and CSRF tokens that are checked by what answers yes or no, where nobody listens.
import { readsErrors, unusedResultRule } from "../unused-result.js";

/** Functions of libraries that return a boolean; a form's `validate_on_submit` compares its CSRF token. */
const BY_NAME = /^(check_password_hash|checkpw|validate_on_submit)$/;
/** The same where the object is a user or asks about one: others have methods of these names that raise. */
const OF_USERS =
  /^(check_password|verify_password|has_perms?|has_module_perms|has_role|has_permission|has_access|is_authenticated|is_owner|is_member|is_admin|can_(read|view|edit|write|delete|access|manage))$/;
const USER =
  /(^|[._])(user|account|member|current_user|principal|security_manager|sm|project|team|organi[sz]ation|document)(\(\))?$/i;

export const unusedAccessCheck = unusedResultRule({
  id: "unused-access-check",
  family: "access-control",
  cwe: "CWE-863",
  title: "Access check without consequence",
  judge: ({ name, receiver, call, body }) => {
    if (name === "validate_on_submit")
      return call.arguments.length === 0 && !readsErrors(body) ? "high" : undefined;
    if (BY_NAME.test(name)) return "high";
    return OF_USERS.test(name) && USER.test(receiver) ? "medium" : undefined;
  },
  docs: {
    what: "A password, a permission or a form's CSRF token is checked by a function that returns True or False, and the result is thrown away.",
    why: "The check is there to be read and never refuses anybody: whoever has no right goes on like everybody else.",
    bad: `from django.shortcuts import get_object_or_404, redirect

from shop.models import Order


def cancel(request, number):
    order = get_object_or_404(Order, number=number)
    request.user.has_perm("shop.cancel_order", order)
    order.cancel()
    return redirect("orders")
`,
    good: `from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from shop.models import Order


def cancel(request, number):
    order = get_object_or_404(Order, number=number)
    if not request.user.has_perm("shop.cancel_order", order):
        raise PermissionDenied
    order.cancel()
    return redirect("orders")
`,
    decides:
      "It looks for calls that stand alone as a statement: of `check_password_hash`, `checkpw` and `validate_on_submit`, and of `check_password`, `has_perm`, `has_role`, `is_owner`, `can_edit` and the like on users and what users own.",
    silent:
      "Functions of the repository that raise; checks that are made only to take as long as others (their comment or argument says so); tests.",
    relatives: { codeql: ["py/ignored-return-value"] },
  },
});
