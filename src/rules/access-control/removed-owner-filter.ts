// A query asked whose the object is, and does so no more.
import { lossRule } from "../loss-rule.js";

export const removedOwnerFilter = lossRule({
  id: "removed-owner-filter",
  family: "access-control",
  cwe: "CWE-639",
  title: "Owner no longer asked for",
  severity: "high",
  protections: ["ownership"],
  saidAt: "exposed",
  message: (guard, exposed) => `${exposed} is no longer limited by ${guard}.`,
  help: "Ask for the owner too, or check whose the object is before it is used.",
  docs: {
    what: "A query that gave each client only what is its own (its owner, tenant, project) now gives everybody everything.",
    why: "Ids are counted up, leak in links and can be guessed: whoever is logged in then reads or changes what belongs to somebody else.",
    before: `from shop.models import Order


def orders(request, number):
    query = Order.objects.filter(number=number)
    query = query.filter(owner=request.user)
    return query.first()
`,
    bad: `from shop.models import Order


def orders(request, number):
    query = Order.objects.filter(number=number)
    return query.first()
`,
    good: `from shop.models import Order


def orders(request, number):
    return Order.objects.filter(number=number, owner=request.user).first()
`,
    decides:
      "It compares the queries of the same function in base and head: an argument or condition on an owner, tenant, project or user, whose value is who asks (the request's user, the context, the session).",
    silent:
      "Owners that are asked for in another way in the same change; a check of a right that came instead; queries that are gone.",
  },
});
