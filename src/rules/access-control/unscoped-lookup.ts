// An object loaded by the client's id alone, where sibling handlers also ask whose it is.
import { bodyChecks } from "../../analysis/access/access-checks.js";
import { type Handler, handlerGroups } from "../../analysis/access/handlers.js";
import { type Lookup, lookupsOf, mentionsOwner } from "../../analysis/access/lookups.js";
import { type Body, moduleBodyOf } from "../../analysis/body.js";
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import { walkOwn } from "../../python/walk.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import type { Rule } from "../rule.js";

interface Loading {
  readonly handler: Handler;
  readonly lookup: Lookup;
}

const LEAST_SCOPED = 2;
const LEAST_AGREEMENT = 0.75;

function check({ world, roots }: RuleContext): readonly Finding[] {
  const changed = new Set<Body>(roots);
  return [...new Set(roots.map(moduleBodyOf))]
    .flatMap((module) => {
      const handlers = handlerGroups(world, module)
        .filter(({ isServed }) => isServed)
        .flatMap((group) => group.handlers);
      return [...byModel(handlers).values()].flatMap((loadings) =>
        deviations(loadings).filter(({ open }) => changed.has(open.handler.body)),
      );
    })
    .map(({ open, scoped, all }) => finding(open, scoped, all));
}

function byModel(handlers: readonly Handler[]): ReadonlyMap<string, readonly Loading[]> {
  const loadings = new Map<string, Loading[]>();
  for (const handler of handlers) {
    for (const lookup of lookupsOf(handler.definition)) {
      if (!lookup.isById) continue;
      loadings.set(lookup.model, [...(loadings.get(lookup.model) ?? []), { handler, lookup }]);
    }
  }
  return loadings;
}

interface Deviation {
  readonly open: Loading;
  readonly scoped: readonly Loading[];
  readonly all: number;
}

function deviations(loadings: readonly Loading[]): readonly Deviation[] {
  const scoped = loadings.filter(({ lookup }) => lookup.isScoped);
  const open = loadings.filter((loading) => !loading.lookup.isScoped && !asksLater(loading));
  const all = scoped.length + open.length;
  if (scoped.length < LEAST_SCOPED || scoped.length / (all - 1) < LEAST_AGREEMENT) return [];
  return open.map((each) => ({ open: each, scoped, all }));
}

/** Does the handler ask after the lookup whose object it is: by a check or a condition on an owner? */
function asksLater({ handler }: Loading): boolean {
  const { definition, body } = handler;
  if (bodyChecks(definition, (node) => ({ syntax: body.module.syntax, node })).length > 0) return true;
  let asks = false;
  walkOwn(definition.body, (node) => {
    if (node.kind === "comparison" && mentionsOwner(node)) asks = true;
    return !asks;
  });
  return asks;
}

function finding({ handler, lookup }: Loading, scoped: readonly Loading[], all: number): Finding {
  const { syntax } = handler.body.module;
  const [example] = scoped;
  const others = `${scoped.length} of ${all - 1} other lookups`;
  return {
    ruleId: "unscoped-lookup",
    message: `${code(lookup.model)} is loaded by id alone; ${others} also ask whose it is.`,
    help: `Ask for the owner too, like ${code(example!.handler.definition.name.id)} does.`,
    severity: "high",
    confidence: scoped.length >= 3 ? "high" : "medium",
    where: handler.body.name,
    evidence: [
      {
        role: "guard",
        span: spanOf({ syntax: example!.handler.body.module.syntax, node: example!.lookup.node }),
        side: "head",
        note: `${code(example!.handler.definition.name.id)} loads it with its owner, like ${others}`,
      },
      {
        role: "missing",
        span: spanOf({ syntax, node: lookup.node }),
        side: "head",
        note: "any client that knows or guesses the id gets the object of somebody else",
      },
    ],
    identity: [lookup.model, textOf({ syntax, node: lookup.node }, 200)],
  };
}

export const unscopedLookup: Rule = {
  id: "unscoped-lookup",
  family: "access-control",
  cwe: "CWE-639",
  title: "Object loaded without its owner",
  check,
  docs: {
    what: "A handler loads an object by an id that the client sends and asks nothing else of it, while other handlers of the same file ask for the owner, tenant or user as well.",
    why: "Ids are counted up, leak in links and can be guessed: whoever is logged in then reads or changes what belongs to somebody else.",
    bad: `from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render

from shop.models import Order


@login_required
def show_order(request, pk):
    order = get_object_or_404(Order, pk=pk, user=request.user)
    return render(request, "order.html", {"order": order})


@login_required
def edit_order(request, pk):
    order = get_object_or_404(Order, pk=pk, user=request.user)
    return render(request, "edit.html", {"order": order})


@login_required
def cancel_order(request, pk):
    order = get_object_or_404(Order, pk=pk)
    order.cancel()
    return render(request, "order.html", {"order": order})
`,
    good: `from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render

from shop.models import Order


@login_required
def show_order(request, pk):
    order = get_object_or_404(Order, pk=pk, user=request.user)
    return render(request, "order.html", {"order": order})


@login_required
def edit_order(request, pk):
    order = get_object_or_404(Order, pk=pk, user=request.user)
    return render(request, "edit.html", {"order": order})


@login_required
def cancel_order(request, pk):
    order = get_object_or_404(Order, pk=pk, user=request.user)
    order.cancel()
    return render(request, "order.html", {"order": order})
`,
    decides:
      "It collects the lookups by id of each model class in the handlers of a file (Django's and SQLAlchemy's ways to ask). Where at least two, and three of four, also ask for an owner, user, tenant or the like, a lookup by id alone is reported.",
    silent:
      "Models that are nowhere asked for with an owner; handlers that compare the owner or call an access check besides; lookups in code that no client reaches.",
  },
};
