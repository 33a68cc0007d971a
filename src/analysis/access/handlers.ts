// The functions of a module that clients reach, in groups that are served alike, each with the access checks it passes.
import { lastPart } from "../../base/words.js";
import type { ClassDefinition, FunctionDefinition, SyntaxNode } from "../../python/ast.js";
import { walkOwn } from "../../python/walk.js";
import type { ClassBody, FunctionBody, ModuleBody } from "../body.js";
import { entryOf } from "../taint/entry.js";
import type { Place } from "../values/place.js";
import type { World } from "../world.js";
import {
  type AccessCheck,
  bodyChecks,
  classChecks,
  declaresOpen,
  decoratorChecks,
  dottedName,
  parameterChecks,
} from "./access-checks.js";
import { isPublicByDesign, namesWrite } from "./access-words.js";
import { checksAround, type Reached, reaches } from "./checks-around.js";

/** A function that is served to clients. */
export interface Handler {
  readonly body: FunctionBody;
  readonly definition: FunctionDefinition;
  /** In the order of the source: what must let a client pass before the function has done its work. */
  readonly checks: readonly AccessCheck[];
  /** Does it change something: by its verb, its name, or what it calls? */
  readonly writes: boolean;
  /**
   * A name or route that is there for everybody (login, health, static files), what says so itself
   * (`permission_classes = []`), or work that the clock asks for.
   */
  readonly isPublic: boolean;
  readonly reached: Reached;
}

/** Handlers that are served alike: the routes of one router, the methods of one class, the view classes of one module. */
export interface HandlerGroup {
  /** As a message names it: "`bp`", "`Orders`". */
  readonly title: string;
  /** Whether a known or evident framework calls them; else they are only methods of one class. */
  readonly isServed: boolean;
  readonly handlers: readonly Handler[];
}

/** The groups of `module`; enclosing bodies must be interpreted before. */
export function handlerGroups(world: World, module: ModuleBody): readonly HandlerGroup[] {
  const routes = new Map<string, Handler[]>();
  const views: Handler[] = [];
  const groups: HandlerGroup[] = [];
  for (const statement of module.definition.body) {
    if (statement.kind === "function") {
      const body = world.bodyOf(statement, module);
      const router = routerOf(world, body, statement);
      if (router === undefined) continue;
      const handler = handlerOf(world, body, statement, [], router);
      routes.set(router, [...(routes.get(router) ?? []), handler]);
    } else if (statement.kind === "class") {
      const methods = methodsOf(world, world.bodyOf(statement, module), statement);
      views.push(...methods.served);
      if (methods.own.length > 0) {
        groups.push({ title: statement.name.id, isServed: false, handlers: methods.own });
      }
    }
  }
  for (const [router, handlers] of routes) groups.push({ title: router, isServed: true, handlers });
  if (views.length > 0) groups.push({ title: "the views of this file", isServed: true, handlers: views });
  return groups;
}

const ROUTING =
  /^(route|get|post|put|delete|patch|head|options|websocket|api_route|expose|action|endpoint|api_view|rpc|tool|view_config|view|method|blueprint_route)$/;

/** What a route is registered on ("bp"); undefined when the function is no route. */
function routerOf(world: World, body: FunctionBody, definition: FunctionDefinition): string | undefined {
  for (const { expression } of definition.decorators) {
    const name = dottedName(expression);
    const dot = name.lastIndexOf(".");
    if (dot > 0 && expression.kind === "call" && ROUTING.test(name.slice(dot + 1))) return name.slice(0, dot);
  }
  const entry = entryOf(world, body);
  if (entry?.model.protocol === "message" && !entry.model.inner) return "the tasks of this file";
  if (entry) return isServing(entry.model) ? entry.model.protocol : undefined;
  return takesRequest(world, body, definition) ? "the views of this file" : undefined;
}

/** `def show(request, pk)` where the file imports a framework whose views are functions: Django's are named elsewhere. */
function takesRequest(world: World, body: FunctionBody, { parameters }: FunctionDefinition): boolean {
  const first = parameters[0]?.name.id;
  if (first === undefined || body.definition.kind !== "function" || body.definition.name.id.startsWith("_"))
    return false;
  const imported = world.importsOf(body.module);
  return world.catalogue.parameters.some(
    ({ name, type, whenImporting }) =>
      name.test(first) && /Request$/.test(type) && whenImporting !== undefined && imported.has(whenImporting),
  );
}

function isServing({
  protocol,
  inner,
  surrounds,
}: {
  protocol: string;
  inner?: boolean;
  surrounds?: boolean;
}) {
  return !inner && !surrounds && (protocol === "http" || protocol === "rpc" || protocol === "websocket");
}

/** Methods that a framework calls with requests, and, of a class without any, its public ones. */
function methodsOf(
  world: World,
  owner: ClassBody,
  definition: ClassDefinition,
): { readonly served: readonly Handler[]; readonly own: readonly Handler[] } {
  const functions = definition.body.filter((statement) => statement.kind === "function");
  const shared = classChecks(world, owner);
  const served: Handler[] = [];
  const own: Handler[] = [];
  for (const each of functions) {
    const body = world.bodyOf(each, owner);
    const entry = entryOf(world, body);
    if ((entry && isServing(entry.model)) || isServedByName(definition, each))
      served.push(handlerOf(world, body, each, shared, undefined));
    else if (!each.name.id.startsWith("_") && each.parameters.length > 1)
      own.push(handlerOf(world, body, each, [], undefined));
  }
  return { served, own: served.length > 0 ? [] : own };
}

/** What serves classes of these names is made by a program, or stands in the repository itself. */
const SERVED = [
  // class Accounts(accounts_pb2_grpc.AccountsServicer): def Show(self, request, context)
  { base: /Servicer$/, first: /^request$/ },
  // class VolumesController(wsgi.Controller): def delete(self, req, id)
  { base: /Controller$/, first: /^(req|request)$/ },
];

/** A public method that takes a request, of a class whose base is by its name what a server calls. */
function isServedByName(owner: ClassDefinition, { name, parameters }: FunctionDefinition): boolean {
  const first = parameters[1]?.name.id ?? "";
  if (name.id.startsWith("_")) return false;
  return SERVED.some(
    (each) => each.first.test(first) && owner.bases.some(({ value }) => each.base.test(dottedName(value))),
  );
}

function handlerOf(
  world: World,
  body: FunctionBody,
  definition: FunctionDefinition,
  shared: readonly AccessCheck[],
  router: string | undefined,
): Handler {
  const { enclosing, module } = body;
  const names = [definition.name.id, ...enclosingNames(body)];
  const reached = { router, names, isMethod: enclosing.kind === "class" };
  const around = checksAround(module.syntax).flatMap(({ name, node, reach }) =>
    reaches(reach, reached) ? [{ name, place: { syntax: module.syntax, node } }] : [],
  );
  const isTask = entryOf(world, body)?.model.protocol === "message";
  return {
    body,
    definition,
    checks: [
      ...shared,
      ...around,
      ...checksOf(world, body, definition, 0),
      ...ofTaskClass(world, body, definition),
    ],
    writes: writes(definition),
    isPublic:
      declaresOpen(definition) ||
      (enclosing.kind === "class" && declaresOpen(enclosing.definition)) ||
      isPublicByDesign(definition.name.id, [...enclosingNames(body), ...routesOf(definition)]) ||
      (isTask && definition.parameters.length === 0),
    reached,
  };
}

/** The checks of the class by which a task is run: `@app.task(base=ActorTask)`. */
function ofTaskClass(
  world: World,
  { module }: FunctionBody,
  { decorators }: FunctionDefinition,
): readonly AccessCheck[] {
  const named = decorators.flatMap(({ expression }) =>
    expression.kind === "call" ? expression.arguments.filter(({ name }) => name?.id === "base") : [],
  );
  const body = world.moduleBody(module.path);
  return named.flatMap(({ value }) => {
    const definition = module.syntax.body.find(
      (each) => each.kind === "class" && each.name.id === lastPart(dottedName(value)),
    );
    return body && definition?.kind === "class" ? classChecks(world, world.bodyOf(definition, body)) : [];
  });
}

function enclosingNames({ enclosing }: FunctionBody): readonly string[] {
  return enclosing.kind === "class" ? [enclosing.definition.name.id] : [];
}

/** The constant texts in decorators: URL rules. */
function routesOf({ decorators }: FunctionDefinition): readonly string[] {
  return decorators.flatMap(({ expression }) =>
    expression.kind !== "call"
      ? []
      : expression.arguments.flatMap(({ value }) => (value.kind === "string" ? [value.value] : [])),
  );
}

const MAX_DELEGATION = 2;

/** Its own checks, and those of the functions of the same class or module that it calls. */
function checksOf(
  world: World,
  body: FunctionBody,
  definition: FunctionDefinition,
  depth: number,
): readonly AccessCheck[] {
  const placeOf = (node: SyntaxNode): Place => ({ syntax: body.module.syntax, node });
  const own = [
    ...decoratorChecks(definition, placeOf, world.factsOf(body).decoratorModels),
    ...parameterChecks(definition, placeOf),
    ...bodyChecks(definition, placeOf),
  ];
  if (depth >= MAX_DELEGATION) return own;
  const delegated: AccessCheck[] = [];
  walkOwn(definition.body, (node) => {
    if (node.kind !== "call") return true;
    const callee = neighbour(world, body, dottedName(node.callee));
    if (callee && callee.body !== body) {
      delegated.push(...checksOf(world, callee.body, callee.definition, depth + 1));
    }
    return true;
  });
  return [...own, ...delegated];
}

/** The function of the same class ("self.name") or module ("name") that a call means. */
function neighbour(
  world: World,
  { enclosing, module }: FunctionBody,
  name: string,
): { readonly body: FunctionBody; readonly definition: FunctionDefinition } | undefined {
  const [, receiver, own] = /^(?:(self|cls)\.)?(\w+)$/.exec(name) ?? [];
  const holder = receiver ? enclosing : world.moduleBody(module.path);
  if (own === undefined || !holder || holder.kind === "function") return undefined;
  const statements = holder.kind === "class" ? holder.definition.body : holder.definition.body;
  const definition = statements.find(
    (statement) => statement.kind === "function" && statement.name.id === own,
  );
  return definition?.kind === "function" ? { body: world.bodyOf(definition, holder), definition } : undefined;
}

const CHANGING_CALLS =
  /^(save|delete|add|commit|update|create|insert|remove|unlink|rmtree|write|destroy|bulk_create|bulk_update|get_or_create|update_or_create|execute|send|set_password|insert_one|update_one|delete_one|delete_many)$/;

function writes(definition: FunctionDefinition): boolean {
  if (namesWrite(definition.name.id)) return true;
  const routed = definition.decorators.some(({ expression }) => {
    const verb = dottedName(expression);
    if (/\.(post|put|delete|patch)$/.test(verb)) return true;
    return expression.kind === "call" && expression.arguments.some(({ value }) => listsChangingVerb(value));
  });
  if (routed) return true;
  let found = false;
  walkOwn(definition.body, (node) => {
    if (
      node.kind === "call" &&
      node.callee.kind === "attribute" &&
      CHANGING_CALLS.test(node.callee.name.id)
    ) {
      found = true;
    }
    return !found;
  });
  return found;
}

function listsChangingVerb(value: SyntaxNode): boolean {
  return (
    value.kind === "display" &&
    value.elements.some((each) => each.kind === "string" && /^(POST|PUT|DELETE|PATCH)$/i.test(each.value))
  );
}
