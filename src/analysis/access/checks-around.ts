// Checks that stand before many handlers at once: hooks before every request, what a router or an application is made with,
// middleware, interceptors, settings, and URLs that lead to a wrapped view.

import { assertNever } from "../../base/assert.js";
import { lastPart } from "../../base/words.js";
import type {
  Assign,
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  ModuleSyntax,
  Statement,
  SyntaxNode,
} from "../../python/ast.js";
import { nodesIn, walk } from "../../python/walk.js";
import { bodyChecks, decoratorChecks, dottedName, namesPresentUser } from "./access-checks.js";
import { namesAccessCheck } from "./access-words.js";

export interface CheckAround {
  /** The last word of how the code calls it: "login_required". */
  readonly name: string;
  readonly node: SyntaxNode;
  readonly reach: Reach;
}

/** Which handlers a check stands before; names as written ("items.router"). */
export type Reach =
  | { readonly kind: "everything" }
  /** The handlers of one router, or one view. */
  | { readonly kind: "named"; readonly name: string }
  /** The views of Django REST framework. */
  | { readonly kind: "rest-views" };

const EVERYTHING: Reach = { kind: "everything" };

/** A handler, as far as it matters to what stands before it. */
export interface Reached {
  /** What it is registered on: "bp"; undefined where a framework finds it otherwise. */
  readonly router: string | undefined;
  /** Its own name, and that of its class. */
  readonly names: readonly string[];
  readonly isMethod: boolean;
}

/** Does a check with this reach stand before the handler? */
export function reaches(reach: Reach, { router, names, isMethod }: Reached): boolean {
  switch (reach.kind) {
    case "everything":
      return true;
    case "rest-views":
      return isMethod || router === "rest_framework.decorators";
    case "named": {
      const name = lastPart(reach.name);
      return names.includes(name) || (router !== undefined && lastPart(router) === name);
    }
    default:
      return assertNever(reach);
  }
}

/** A module, with its functions and classes by name. */
interface Reading {
  readonly syntax: ModuleSyntax;
  readonly definitions: ReadonlyMap<string, Definition>;
}

const known = new WeakMap<ModuleSyntax, readonly CheckAround[]>();

/** The checks that `syntax` puts around handlers, its own or those of other modules. */
export function checksAround(syntax: ModuleSyntax): readonly CheckAround[] {
  const before = known.get(syntax);
  if (before) return before;
  const found: CheckAround[] = [];
  const reading = { syntax, definitions: definitionsIn(syntax.body) };
  for (const statement of syntax.body) {
    walk(statement, (node) => {
      if (node.kind === "function") found.push(...hooks(syntax, node));
      else if (node.kind === "call") found.push(...registered(node, reading));
      else if (node.kind === "assign") found.push(...ofRouter(node, reading), ...settings(node));
      return true;
    });
  }
  known.set(syntax, found);
  return found;
}

const HOOK =
  /^(before_request|before_app_request|before_websocket|before_app_websocket|middleware|on_request|hook)$/;

/** A function that runs before every request, and that checks. */
function hooks(syntax: ModuleSyntax, definition: FunctionDefinition): readonly CheckAround[] {
  const worn = definition.decorators.find(({ expression }) => HOOK.test(lastPart(dottedName(expression))));
  if (!worn) return [];
  const name = dottedName(worn.expression);
  const router = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  const isOfAll = /app_(request|websocket)$/.test(name) || /^(web|app|application)?$/.test(router);
  const placeOf = (node: SyntaxNode) => ({ syntax, node });
  const checks = [...decoratorChecks(definition, placeOf), ...bodyChecks(definition, placeOf)];
  return checks.map((check) => ({
    name: check.name,
    node: definition,
    reach: isOfAll ? EVERYTHING : { kind: "named", name: router },
  }));
}

/** What is made with what guards all of it. */
const MAKES = /(Router|Blueprint|API|Api|App|Application|Starlette|Flask|Litestar|Mount|Schema|GraphQL)$/;
const TAKES = /^(include_router|add_router|mount|server|aio\.server|register_blueprint)$/;
const GUARDING =
  /^(dependencies|middlewares?|interceptors|extensions|auth|guards|permission_classes|decorators|before_request)$/;
/** Called on an application, with what guards all of it. */
const ADDS = /^(before_request|add_middleware|set_default_permission|add_interceptor|use|middleware)$/;
const ROUTES = /^(path|re_path|url)$/;

function registered(node: Call, reading: Reading): readonly CheckAround[] {
  const dotted = dottedName(node.callee);
  const name = lastPart(dotted);
  if (ROUTES.test(name)) return wrappedView(node);
  if (ADDS.test(name) && node.callee.kind === "attribute") {
    const given = node.arguments.flatMap(({ value }) => checkIn(value, reading));
    const isPermission = name === "set_default_permission" && node.arguments[0]?.value.kind === "string";
    return [...(isPermission ? ["permission"] : given.slice(0, 1))].map((each) => ({
      name: each,
      node,
      reach: EVERYTHING,
    }));
  }
  if (TAKES.test(name)) {
    const [router] = node.arguments;
    const of = router && name !== "server" ? dottedName(router.value) : "";
    return guardedBy(node, reading, of === "" ? EVERYTHING : { kind: "named", name: of });
  }
  return MAKES.test(name) && !isRouter(name) ? guardedBy(node, reading, EVERYTHING) : [];
}

/** `router = APIRouter(dependencies=[Depends(current_user)])` */
function ofRouter({ targets, value }: Assign, reading: Reading): readonly CheckAround[] {
  const [target] = targets;
  if (value?.kind !== "call" || target?.kind !== "name" || !isRouter(dottedName(value.callee))) return [];
  return guardedBy(value, reading, { kind: "named", name: target.id });
}

const isRouter = (name: string): boolean => /(Router|Blueprint)$/.test(name);

function guardedBy(call: Call, reading: Reading, reach: Reach): readonly CheckAround[] {
  return call.arguments.flatMap(({ name, value }) => {
    if (!name || !GUARDING.test(name.id)) return [];
    return checkIn(value, reading)
      .slice(0, 1)
      .map((each) => ({ name: each, node: call, reach }));
  });
}

/** `path("orders/", login_required(views.orders))`; of the view that serves a GraphQL schema, all that is in it. */
function wrappedView({ arguments: list }: Call): readonly CheckAround[] {
  const view = list.find(({ form }, at) => at > 0 && form === "positional")?.value;
  if (view?.kind !== "call" || !namesAccessCheck(dottedName(view.callee), true)) return [];
  const inner = view.arguments.map(({ value }) => dottedName(value)).filter((each) => each !== "");
  const name = lastPart(dottedName(view.callee));
  return inner.map((each) => ({
    name,
    node: view,
    reach: /GraphQL/.test(each) ? EVERYTHING : { kind: "named", name: each.replace(/\.as_view$/, "") },
  }));
}

/** Settings of Django, its REST framework and CherryPy, by which everything asks. */
function settings({ targets, value }: Assign): readonly CheckAround[] {
  const target = targets.map(dottedName)[0] ?? "";
  if (value === undefined) return [];
  if (/^MIDDLEWARE(_CLASSES)?$/.test(lastPart(target)) && value.kind === "display") {
    return value.elements.flatMap((node) =>
      node.kind === "string" && /LoginRequired|RequireLogin/.test(node.value)
        ? [{ name: "login_required", node, reach: EVERYTHING }]
        : [],
    );
  }
  return nodesIn([value]).flatMap((node) => {
    if (node.kind !== "dict") return [];
    return node.entries.flatMap(({ key, value: given }): readonly CheckAround[] => {
      if (key?.kind !== "string") return [];
      const tool = /^tools\.(\w+)\.on$/.exec(key.value)?.[1];
      if (tool !== undefined && namesAccessCheck(tool, true) && isTrue(given))
        return [{ name: tool, node: key, reach: EVERYTHING }];
      const isPermission = key.value === "DEFAULT_PERMISSION_CLASSES" && asksSomebody(given);
      return isPermission ? [{ name: "permission_classes", node: given, reach: { kind: "rest-views" } }] : [];
    });
  });
}

const isTrue = (value: Expression): boolean => value.kind === "constant" && value.value === true;

/** Does a list of permission classes, named by strings, ask anything? */
function asksSomebody(value: Expression): boolean {
  return (
    value.kind === "display" &&
    value.elements.some((each) => each.kind === "string" && !/AllowAny$/.test(each.value))
  );
}

type Definition = FunctionDefinition | ClassDefinition;

function definitionsIn(body: readonly Statement[]): ReadonlyMap<string, Definition> {
  return new Map(
    body.flatMap((each) =>
      each.kind === "function" || each.kind === "class" ? [[each.name.id, each] as const] : [],
    ),
  );
}

/** The names in `value` that are of checks, by what they say or by what stands in this module under them. */
function checkIn(value: Expression, { syntax, definitions }: Reading): readonly string[] {
  return nodesIn([value]).flatMap((node) => {
    if (node.kind !== "name" && node.kind !== "attribute") return [];
    const name = lastPart(dottedName(node));
    const definition = definitions.get(name);
    const isNamed = namesAccessCheck(name, true) || namesPresentUser(name);
    return isNamed || (definition && checks(definition, syntax)) ? [name] : [];
  });
}

function checks(definition: Definition, syntax: ModuleSyntax): boolean {
  const placeOf = (node: SyntaxNode) => ({ syntax, node });
  const functions = definition.kind === "function" ? [definition] : definition.body;
  return functions.some((each) => each.kind === "function" && bodyChecks(each, placeOf).length > 0);
}
