// The pass that finds every scope of a module and what it binds. Long chains are met in loops, not by recursion.
import { assertNever } from "../base/assert.js";
import type {
  Argument,
  Comprehension,
  Expression,
  ImportFrom,
  Lambda,
  ModuleSyntax,
  Parameter,
  Pattern,
  Statement,
  SyntaxNode,
  TypeParameter,
} from "./ast.js";
import type { Binding, Scope, ScopeOwner, Scopes } from "./scopes.js";

interface OpenScope extends Scope {
  readonly bindings: Map<string, Binding[]>;
  readonly declared: Map<string, "global" | "nonlocal">;
  readonly starImports: ImportFrom[];
  readonly parent?: OpenScope;
}

type TargetForm = Exclude<Binding["form"], "import">;

/** All scopes of a module. */
export function computeScopes(syntax: ModuleSyntax): Scopes {
  const all: OpenScope[] = [];
  const byOwner = new Map<ScopeOwner, OpenScope>();
  const module = open("module", syntax, undefined);
  statements(syntax.body, module);
  return {
    module,
    all,
    scopeOf(owner) {
      const scope = byOwner.get(owner);
      if (scope === undefined)
        throw new Error(
          `no scope of this module is owned by this ${"kind" in owner ? owner.kind : "module"}`,
        );
      return scope;
    },
  };

  function open(kind: Scope["kind"], owner: ScopeOwner, parent: OpenScope | undefined): OpenScope {
    const scope: OpenScope = {
      kind,
      owner,
      ...(parent === undefined ? {} : { parent }),
      bindings: new Map(),
      declared: new Map(),
      starImports: [],
    };
    all.push(scope);
    if (kind !== "typeParameters" || owner.kind === "typeAlias") byOwner.set(owner, scope);
    return scope;
  }

  function statements(body: readonly Statement[], scope: OpenScope): void {
    for (const statement of body) visitStatement(statement, scope);
  }

  function visitStatement(first: Statement, scope: OpenScope): void {
    let statement = first;
    while (statement.kind === "if") {
      expression(statement.test, scope);
      statements(statement.body, scope);
      const [next, ...more] = statement.otherwise;
      if (next === undefined) return;
      if (next.kind !== "if" || more.length > 0) return statements(statement.otherwise, scope);
      statement = next;
    }
    visitSimple(statement, scope);
  }

  function visitSimple(statement: Exclude<Statement, { kind: "if" }>, scope: OpenScope): void {
    switch (statement.kind) {
      case "expression":
        return expression(statement.value, scope);
      case "assign":
        if (statement.annotation !== undefined) expression(statement.annotation, scope);
        if (statement.value !== undefined) expression(statement.value, scope);
        for (const target of statement.targets) bindTarget(target, scope, "assignment", statement);
        return;
      case "augmented":
        expression(statement.value, scope);
        return bindTarget(statement.target, scope, "assignment", statement);
      case "return":
        if (statement.value !== undefined) expression(statement.value, scope);
        return;
      case "function":
      case "class":
        return define(statement, scope);
      case "import":
        for (const name of statement.names) {
          const bound = name.alias?.id ?? beforeDot(name.name);
          bind(scope, bound, { form: "import", node: name, statement });
        }
        return;
      case "importFrom":
        if (statement.names === "*") {
          scope.starImports.push(statement);
          return;
        }
        for (const name of statement.names) {
          bind(scope, name.alias?.id ?? name.name, { form: "import", node: name, statement });
        }
        return;
      case "for":
        expression(statement.iterable, scope);
        bindTarget(statement.target, scope, "loop", statement);
        statements(statement.body, scope);
        return statements(statement.otherwise, scope);
      case "while":
        expression(statement.test, scope);
        statements(statement.body, scope);
        return statements(statement.otherwise, scope);
      case "with":
        for (const item of statement.items) {
          expression(item.context, scope);
          if (item.target !== undefined) bindTarget(item.target, scope, "with", item);
        }
        return statements(statement.body, scope);
      case "try":
        statements(statement.body, scope);
        for (const handler of statement.handlers) {
          if (handler.type !== undefined) expression(handler.type, scope);
          if (handler.name !== undefined) bind(scope, handler.name.id, { form: "except", node: handler });
          statements(handler.body, scope);
        }
        statements(statement.otherwise, scope);
        return statements(statement.finalizer, scope);
      case "match":
        expression(statement.subject, scope);
        for (const { pattern, guard, body } of statement.cases) {
          bindPattern(pattern, scope);
          if (guard !== undefined) expression(guard, scope);
          statements(body, scope);
        }
        return;
      case "raise":
        if (statement.exception !== undefined) expression(statement.exception, scope);
        if (statement.cause !== undefined) expression(statement.cause, scope);
        return;
      case "assert":
        expression(statement.test, scope);
        if (statement.message !== undefined) expression(statement.message, scope);
        return;
      case "delete":
        for (const target of statement.targets) bindTarget(target, scope, "delete", statement);
        return;
      case "scope":
        for (const name of statement.names) scope.declared.set(name.id, statement.form);
        return;
      case "typeAlias": {
        bind(scope, statement.name.id, { form: "typeAlias", node: statement });
        const inner = open("typeParameters", statement, scope);
        bindTypeParameters(statement.typeParameters, inner);
        return expression(statement.value, inner);
      }
      case "print":
        if (statement.file !== undefined) expression(statement.file, scope);
        for (const value of statement.values) expression(value, scope);
        return;
      case "exec":
        expression(statement.code, scope);
        if (statement.globals !== undefined) expression(statement.globals, scope);
        if (statement.locals !== undefined) expression(statement.locals, scope);
        return;
      case "pass":
      case "break":
      case "continue":
      case "unparsed":
        return;
      default:
        assertNever(statement);
    }
  }

  /** Decorators and defaults belong outside; bases and annotations too, but see the type parameters. */
  function define(definition: Extract<Statement, { kind: "function" | "class" }>, scope: OpenScope): void {
    for (const decorator of definition.decorators) expression(decorator.expression, scope);
    bind(scope, definition.name.id, { form: definition.kind, node: definition });
    let outer = scope;
    if (definition.typeParameters.length > 0) {
      outer = open("typeParameters", definition, scope);
      bindTypeParameters(definition.typeParameters, outer);
    }
    if (definition.kind === "class") {
      callArguments(definition.bases, outer);
      return statements(definition.body, open("class", definition, outer));
    }
    for (const parameter of definition.parameters) {
      if (parameter.default !== undefined) expression(parameter.default, scope);
      if (parameter.annotation !== undefined) expression(parameter.annotation, outer);
    }
    if (definition.returns !== undefined) expression(definition.returns, outer);
    const inner = open("function", definition, outer);
    bindParameters(definition.parameters, inner);
    statements(definition.body, inner);
  }

  function bindTypeParameters(parameters: readonly TypeParameter[], scope: OpenScope): void {
    for (const parameter of parameters) {
      bind(scope, parameter.name.id, { form: "typeParameter", node: parameter });
      if (parameter.bound !== undefined) expression(parameter.bound, scope);
      if (parameter.default !== undefined) expression(parameter.default, scope);
    }
  }

  function bindParameters(parameters: readonly Parameter[], scope: OpenScope): void {
    for (const parameter of parameters) {
      bind(scope, parameter.name.id, { form: "parameter", node: parameter });
      if (parameter.pattern !== undefined) bindTarget(parameter.pattern, scope, "parameter", parameter);
    }
  }

  function lambda(node: Lambda, scope: OpenScope): void {
    for (const parameter of node.parameters) {
      if (parameter.default !== undefined) expression(parameter.default, scope);
    }
    const inner = open("lambda", node, scope);
    bindParameters(node.parameters, inner);
    expression(node.body, inner);
  }

  /** The first iterable is evaluated outside. */
  function comprehension(node: Comprehension, scope: OpenScope): void {
    const [first] = node.clauses;
    if (first?.kind === "for") expression(first.iterable, scope);
    const inner = open("comprehension", node, scope);
    for (const clause of node.clauses) {
      if (clause.kind === "if") expression(clause.test, inner);
      else {
        if (clause !== first) expression(clause.iterable, inner);
        bindTarget(clause.target, inner, "loop", clause);
      }
    }
    if (node.key !== undefined) expression(node.key, inner);
    expression(node.element, inner);
  }

  function callArguments(list: readonly Argument[], scope: OpenScope): void {
    for (const argument of list) expression(argument.value, scope);
  }

  /** Only lambdas, comprehensions and walruses matter, wherever they are. */
  function expression(first: Expression, scope: OpenScope): void {
    let node = first;
    for (;;) {
      switch (node.kind) {
        case "name":
        case "string":
        case "number":
        case "constant":
        case "unparsed":
          return;
        case "attribute":
          node = node.object;
          continue;
        case "call":
          callArguments(node.arguments, scope);
          node = node.callee;
          continue;
        case "subscript":
          expression(node.index, scope);
          node = node.object;
          continue;
        case "binary":
          expression(node.right, scope);
          node = node.left;
          continue;
        case "display":
          for (const element of node.elements) expression(element, scope);
          return;
        case "dict":
          for (const entry of node.entries) {
            if (entry.key !== undefined) expression(entry.key, scope);
            expression(entry.value, scope);
          }
          return;
        case "comparison":
        case "boolean":
          for (const operand of node.operands) expression(operand, scope);
          return;
        case "unary":
          node = node.operand;
          continue;
        case "conditional":
          expression(node.test, scope);
          expression(node.body, scope);
          node = node.otherwise;
          continue;
        case "formatted":
          for (const part of node.parts) {
            if (part.kind === "string") continue;
            expression(part.value, scope);
            if (part.format !== undefined) expression(part.format, scope);
          }
          return;
        case "slice":
          if (node.lower !== undefined) expression(node.lower, scope);
          if (node.upper !== undefined) expression(node.upper, scope);
          if (node.step !== undefined) expression(node.step, scope);
          return;
        case "starred":
        case "await":
          node = node.value;
          continue;
        case "yield":
          if (node.value === undefined) return;
          node = node.value;
          continue;
        case "walrus":
          bind(outsideComprehensions(scope), node.target.id, { form: "walrus", node });
          node = node.value;
          continue;
        case "lambda":
          return lambda(node, scope);
        case "comprehension":
          return comprehension(node, scope);
        default:
          assertNever(node);
      }
    }
  }

  function bindTarget(target: Expression, scope: OpenScope, form: TargetForm, node: SyntaxNode): void {
    switch (target.kind) {
      case "name":
        return bind(scope, target.id, { form, node });
      case "display":
        for (const element of target.elements) bindTarget(element, scope, form, node);
        return;
      case "starred":
        return bindTarget(target.value, scope, form, node);
      default:
        return expression(target, scope);
    }
  }

  function bindPattern(pattern: Pattern, scope: OpenScope): void {
    switch (pattern.kind) {
      case "matchAs":
        if (pattern.pattern !== undefined) bindPattern(pattern.pattern, scope);
        if (pattern.name !== undefined) bind(scope, pattern.name.id, { form: "match", node: pattern });
        return;
      case "matchStar":
        if (pattern.name !== undefined) bind(scope, pattern.name.id, { form: "match", node: pattern });
        return;
      case "matchOr":
      case "matchSequence":
        for (const inner of pattern.patterns) bindPattern(inner, scope);
        return;
      case "matchMapping":
        for (const entry of pattern.entries) bindPattern(entry.pattern, scope);
        if (pattern.rest !== undefined) bind(scope, pattern.rest.id, { form: "match", node: pattern });
        return;
      case "matchClass":
        for (const inner of pattern.positional) bindPattern(inner, scope);
        for (const keyword of pattern.keywords) bindPattern(keyword.pattern, scope);
        return;
      case "matchValue":
      case "unparsed":
        return;
      default:
        assertNever(pattern);
    }
  }
}

/** Where a `global` or `nonlocal` declaration points is where the name is bound. */
function bind(scope: OpenScope, name: string, binding: Binding): void {
  const target = declaredScope(scope, name);
  const known = target.bindings.get(name);
  if (known === undefined) target.bindings.set(name, [binding]);
  else known.push(binding);
}

function declaredScope(scope: OpenScope, name: string): OpenScope {
  const declaration = scope.declared.get(name);
  if (declaration === undefined) return scope;
  if (declaration === "global") {
    let outermost = scope;
    while (outermost.parent !== undefined) outermost = outermost.parent;
    return outermost;
  }
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind !== "class" && outer.kind !== "module" && outer.bindings.has(name)) return outer;
  }
  return scope;
}

function outsideComprehensions(scope: OpenScope): OpenScope {
  let body = scope;
  while (body.kind === "comprehension" && body.parent !== undefined) body = body.parent;
  return body;
}

function beforeDot(dotted: string): string {
  const dot = dotted.indexOf(".");
  return dot < 0 ? dotted : dotted.slice(0, dot);
}
