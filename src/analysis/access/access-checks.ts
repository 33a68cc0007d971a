// What a function does only for some clients: the checks on its decorators, its class, its parameters and in its body.

import { lastPart } from "../../base/words.js";
import type { SymbolModel } from "../../models/model.js";
import type {
  Argument,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  If,
  Statement,
  SyntaxNode,
} from "../../python/ast.js";
import { walk, walkOwn } from "../../python/walk.js";
import type { ClassBody } from "../body.js";
import type { Place } from "../values/place.js";
import type { World } from "../world.js";
import { namesAccessCheck, saysPublic } from "./access-words.js";

export interface AccessCheck {
  /** The last word of how the code calls it: "login_required", "_enforce". Equal names are the same check. */
  readonly name: string;
  readonly place: Place;
}

/** The dotted name of an expression; calls are looked through: "bp.route" of `bp.route("/x")`. */
export function dottedName(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.id;
    case "attribute": {
      const object = dottedName(expression.object);
      return object === "" ? expression.name.id : `${object}.${expression.name.id}`;
    }
    case "call":
      return dottedName(expression.callee);
    case "await":
      return dottedName(expression.value);
    default:
      return "";
  }
}

/**
 * The checks among decorators, `@method_decorator(login_required)` and `@view_config(permission="edit")` included.
 * @param models what the libraries say of each decorator, where that is known
 */
export function decoratorChecks(
  definition: FunctionDefinition | ClassDefinition,
  placeOf: (node: SyntaxNode) => Place,
  models: readonly (readonly SymbolModel[])[] = [],
): readonly AccessCheck[] {
  return definition.decorators.flatMap(({ expression }, index) => {
    if (isOptional(expression)) return [];
    const given = expression.kind === "call" ? expression.arguments : [];
    const named = [expression, ...given.map(({ value }) => value)].map((part) => dottedName(part));
    const name = named.find((each) => namesAccessCheck(each, true));
    if (name !== undefined) return [{ name: lastPart(name), place: placeOf(expression) }];
    if (models[index]?.some(isGuard))
      return [{ name: lastPart(dottedName(expression)), place: placeOf(expression) }];
    return given.flatMap((argument) => guardArgument(argument, placeOf)).slice(0, 1);
  });
}

/** What guards under conditions only does so by an argument, which is looked at by itself. */
function isGuard({ guards, guardsWhen }: SymbolModel): boolean {
  return (guards === "authentication" || guards === "authorization") && guardsWhen === undefined;
}

/** `@jwt_required(optional=True)` lets everybody through. */
function isOptional(expression: Expression): boolean {
  return (
    expression.kind === "call" &&
    expression.arguments.some(
      ({ name, value }) => name?.id === "optional" && value.kind === "constant" && value.value === true,
    )
  );
}

/** Arguments of what registers a function that say who may call it. */
const GUARD_ARGUMENTS =
  /^(permissions?|permission_classes|required_permissions?|guards|auth|dependencies|scopes|roles)$/;

function guardArgument(
  { name, value }: Argument,
  placeOf: (node: SyntaxNode) => Place,
): readonly AccessCheck[] {
  if (!name || !GUARD_ARGUMENTS.test(name.id)) return [];
  if (name.id === "dependencies") return dependencies(value, placeOf);
  return isOpen(value) ? [] : [{ name: name.id, place: placeOf(value) }];
}

/** `[AllowAny]`, `[]`, `None`, `NO_PERMISSION_REQUIRED` */
function isOpen(value: Expression): boolean {
  const listed = value.kind === "display" ? value.elements : [value];
  return listed.every(
    (each) =>
      (each.kind === "constant" && each.value !== true) ||
      /^(AllowAny|AllowAll|AllowAnonymous|Everyone|NO_PERMISSION_REQUIRED)$/.test(lastPart(dottedName(each))),
  );
}

/** Parameters that a framework fills by calling a check: `user = Depends(current_admin)`, `Annotated[User, Security(f)]`. */
export function parameterChecks(
  definition: FunctionDefinition,
  placeOf: (node: SyntaxNode) => Place,
): readonly AccessCheck[] {
  return definition.parameters.flatMap((parameter) =>
    [parameter.default, parameter.annotation].flatMap((written) =>
      written === undefined ? [] : dependencies(written, placeOf),
    ),
  );
}

/** A dependency that names the present user is a check: it fails when there is none. */
function dependencies(written: Expression, placeOf: (node: SyntaxNode) => Place): readonly AccessCheck[] {
  const found: AccessCheck[] = [];
  walk(written, (node) => {
    if (node.kind === "call" && /^(Depends|Security)$/.test(lastPart(dottedName(node.callee)))) {
      const [given] = node.arguments;
      const name = given === undefined ? "" : dottedName(given.value);
      if (namesAccessCheck(name, true) || namesPresentUser(lastPart(name))) {
        found.push({ name: lastPart(name), place: placeOf(node) });
      }
    }
    return true;
  });
  return found;
}

/** "current_user", "get_user": it fails where there is none. */
export const namesPresentUser = (name: string): boolean => /(^|_)user($|_)/.test(name);

/** The checks of the class itself and of its bases in the repository: mixins, listed permissions, hooks that check. */
export function classChecks(world: World, body: ClassBody, depth = 0): readonly AccessCheck[] {
  const placeOf = (node: SyntaxNode): Place => ({ syntax: body.module.syntax, node });
  const { definition } = body;
  const own = [
    ...decoratorChecks(definition, placeOf, world.factsOf(body).decoratorModels),
    ...definition.bases
      .filter(({ value }) => namesAccessCheck(dottedName(value), true))
      .map(({ value }) => ({ name: lastPart(dottedName(value)), place: placeOf(value) })),
    ...definition.body.flatMap((statement) => attributeChecks(statement, placeOf)),
    ...definition.body.flatMap((statement) =>
      statement.kind === "function" && HOOKS.test(statement.name.id)
        ? [...decoratorChecks(statement, placeOf), ...bodyChecks(statement, placeOf)]
        : [],
    ),
  ];
  if (depth > MAX_BASES) return own;
  const inherited = world
    .factsOf(body)
    .bases.flatMap(({ refs }) =>
      refs.flatMap((ref) => (ref.kind === "class" ? classChecks(world, ref.body, depth + 1) : [])),
    );
  return [...own, ...inherited];
}

const MAX_BASES = 8;
/** Methods that a framework, or the class itself, runs before every other. */
const HOOKS =
  /^(dispatch|prepare|initial|initialize|setup|before_request|check_permissions|test_func|has_permission|_check_access|__call__)$/;
const GUARD_ATTRIBUTES =
  /^(permission_classes|authentication_classes|permission_required|permissions|decorators|method_decorators|auth_required|login_required|required_permissions?|policy|acl|__acl__)$/;

/** `permission_classes = [IsAuthenticated]`; an empty list or AllowAny is none. */
function attributeChecks(statement: Statement, placeOf: (node: SyntaxNode) => Place): readonly AccessCheck[] {
  if (statement.kind !== "assign" || statement.value === undefined) return [];
  const [target] = statement.targets;
  if (target?.kind !== "name" || !GUARD_ATTRIBUTES.test(target.id)) return [];
  return isOpen(statement.value) ? [] : [{ name: target.id, place: placeOf(statement) }];
}

/** Does a handler, or its class, say itself that everybody may: `permission_classes = [AllowAny]`, `@public`? */
export function declaresOpen(definition: FunctionDefinition | ClassDefinition): boolean {
  const isOpened = definition.decorators.some(({ expression }) => {
    if (saysPublic(lastPart(dottedName(expression)))) return true;
    const given = expression.kind === "call" ? expression.arguments : [];
    return given.some(({ name, value }) => name && GUARD_ARGUMENTS.test(name.id) && isOpen(value));
  });
  if (isOpened || definition.kind === "function") return isOpened;
  return definition.body.some((statement) => {
    const [target] = statement.kind === "assign" ? statement.targets : [];
    if (statement.kind !== "assign" || target?.kind !== "name" || !statement.value) return false;
    return GUARD_ATTRIBUTES.test(target.id) && isOpen(statement.value);
  });
}

/** The checks in the body of a function, nested functions excepted: calls that check, conditions that reject. */
export function bodyChecks(
  definition: FunctionDefinition,
  placeOf: (node: SyntaxNode) => Place,
): readonly AccessCheck[] {
  const found: AccessCheck[] = [];
  walkOwn(definition.body, (node) => {
    if (node.kind === "call") {
      const name = dottedName(node.callee);
      if (namesAccessCheck(name, false)) found.push({ name: lastPart(name), place: placeOf(node) });
    }
    if (node.kind === "if" && "body" in node && rejects(node)) {
      const name = accessNameIn(node.test);
      if (name !== undefined) found.push({ name, place: placeOf(node.test) });
    }
    return true;
  });
  return found;
}

/** Does one of the two ways of the condition leave the function? */
function rejects({ body, otherwise }: If): boolean {
  return leaves(body.at(-1)) || leaves(otherwise.at(-1));
}

function leaves(statement: Statement | undefined): boolean {
  if (statement === undefined) return false;
  if (statement.kind === "raise" || statement.kind === "return") return true;
  if (statement.kind !== "expression") return false;
  return /(^|\.)(abort|deny|forbid|forbidden|fail|exit|send_error|set_status|permission_denied|unauthorized)$/.test(
    dottedName(statement.value),
  );
}

/** The first name in a condition that speaks of access: "is_admin" of `not request.user.is_admin`. */
function accessNameIn(test: Expression): string | undefined {
  let found: string | undefined;
  walk(test, (node) => {
    const name = node.kind === "name" ? node.id : node.kind === "attribute" ? node.name.id : "";
    if (found === undefined && name !== "" && namesAccessCheck(name, true)) found = name;
    return found === undefined;
  });
  return found;
}
