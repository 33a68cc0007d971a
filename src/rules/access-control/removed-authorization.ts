// A decorator, base class, permission list or condition that decided who may do this is gone or asks for less.
import { lossRule } from "../loss-rule.js";

export const removedAuthorization = lossRule({
  id: "removed-authorization",
  family: "access-control",
  cwe: "CWE-862",
  title: "Authorization removed",
  severity: "high",
  protections: ["authorization"],
  saidAt: "exposed",
  message: (guard, exposed) => `${exposed} is no longer guarded by ${guard}.`,
  help: "Keep the check, or put one of equal strength before the operation.",
  docs: {
    what: "A decorator, base class, permission list or condition that decided who may do this is gone or asks for less.",
    why: "Everybody who reaches the operation may now do what only some were meant to do.",
    before: `from shop import delete_order, has_role
from shop.errors import PermissionDenied


def remove(user, order):
    if not has_role(user, "admin"):
        raise PermissionDenied()
    delete_order(order)
`,
    bad: `from shop import delete_order


def remove(user, order):
    delete_order(order)
`,
    good: `from shop import delete_order, has_role
from shop.errors import PermissionDenied


def remove(user, order):
    require_admin(user)
    delete_order(order)


def require_admin(user):
    if not has_role(user, "admin"):
        raise PermissionDenied()
`,
    decides:
      "It compares decorators, bases, `permission_classes` and conditions of the same definition in base and head. A condition counts when it names a right or a role, or answers 401, 403 or an exception of that kind.",
    silent:
      "Checks that moved to a decorator, a base class, a caller or a helper of the same change; checks replaced by another; definitions that are gone.",
  },
});
