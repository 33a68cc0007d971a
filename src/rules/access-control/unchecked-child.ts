// A child loaded by the client's id alone, behind a check of its parent.
import { handlerGroups } from "../../analysis/access/handlers.js";
import { type UncheckedChild, uncheckedChildren } from "../../analysis/access/unchecked-child.js";
import { type Body, type FunctionBody, moduleBodyOf } from "../../analysis/body.js";
import { code } from "../../base/markdown.js";
import { runsBesideProduct } from "../beside-product.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { placeIn, stepAt, textIn } from "../handler-rule.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  const changed = new Set<Body>(roots);
  return [...new Set(roots.map(moduleBodyOf))]
    .filter(({ module }) => !runsBesideProduct(module))
    .flatMap((module) => handlerGroups(world, module))
    .filter(({ isServed }) => isServed)
    .flatMap(({ handlers }) => handlers)
    .filter(({ body }) => changed.has(body))
    .flatMap(({ body, definition }) => uncheckedChildren(definition).map((found) => finding(body, found)));
}

function finding(body: FunctionBody, { child, parent, check: checked, change }: UncheckedChild): Finding {
  const place = (node: { start: number; end: number }) => placeIn(body, node);
  return {
    ruleId: "unchecked-child",
    message: `${code(child.model)} is loaded by id alone; only ${code(parent)} was checked.`,
    help: `Ask for it together with ${code(parent)}, or check the object itself.`,
    severity: "high",
    confidence: "medium",
    where: body.name,
    evidence: [
      stepAt("guard", place(checked), `${code(textIn(body, checked))} asks about ${code(parent)}`),
      stepAt("call", place(change), "it is changed without a check of its own"),
      stepAt("missing", place(child.node), "any id that the client sends finds it, also of another parent"),
    ],
    identity: [child.model, parent, textIn(body, child.node, 200)],
  };
}

export const uncheckedChild: Rule = {
  id: "unchecked-child",
  family: "access-control",
  cwe: "CWE-639",
  title: "Child changed under another parent's check",
  check,
  docs: {
    what: "A handler takes two ids from the client. It checks what the first one names, and changes what the second one names.",
    why: "Nothing says that the second belongs to the first: with the id of an own project and of somebody else's task, everybody changes every task.",
    bad: `from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from projects.models import Project, Task


@login_required
def close_task(request, project_id, task_id):
    project = get_object_or_404(Project, pk=project_id)
    if project.owner != request.user:
        raise PermissionDenied
    task = get_object_or_404(Task, pk=task_id)
    task.closed = True
    task.save()
    return redirect("project", project_id)
`,
    good: `from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from projects.models import Project, Task


@login_required
def close_task(request, project_id, task_id):
    project = get_object_or_404(Project, pk=project_id)
    if project.owner != request.user:
        raise PermissionDenied
    task = get_object_or_404(Task, pk=task_id, project=project)
    task.closed = True
    task.save()
    return redirect("project", project_id)
`,
    decides:
      "In functions that clients reach it looks for an object that is loaded by an id and changed (an attribute is set, it is deleted or told to change), while the only check in the function asks about another loaded object.",
    silent:
      "Lookups that name the parent, its id or an owner; objects that are compared with anything or checked themselves; objects that are only read, or handed to the parent.",
  },
};
