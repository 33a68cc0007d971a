// The pass that finds every scope of a module and what it binds. Long chains are met in loops, not by recursion.
import type {
  Comprehension,
  Expression,
  FunctionDefinition,
  ImportFrom,
  Lambda,
  ModuleSyntax,
  Parameter,
  Statement,
  SyntaxNode,
  TypeParameter,
} from "./ast.js";
import { forEachChild } from "./children.js";
import { type Binding, bodyScope, moduleScope, type Scope, type ScopeOwner, type Scopes } from "./scopes.js";

interface OpenScope extends Scope {
  readonly bindings: Map<string, Binding[]>;
  /** Shared and empty until something is put in, as in nearly every scope. */
  declared: ReadonlyMap<string, "global" | "nonlocal">;
  starImports: readonly ImportFrom[];
}

const noDeclarations: OpenScope["declared"] = new Map();
const noStarImports: OpenScope["starImports"] = [];

/** A binding of a name that its scope declares to be another's. */
interface Redirected {
  readonly scope: OpenScope;
  readonly name: string;
  readonly binding: Binding;
}

type TargetForm = Exclude<Binding["form"], "import">;
type If = Extract<Statement, { kind: "if" }>;

/**
 * The scopes of a module. The inside of a function that concerns nothing around it is looked at when it is asked for,
 * so that its body need not be lowered before.
 */
export function computeScopes(syntax: ModuleSyntax): Scopes {
  const opened: OpenScope[] = [];
  const byOwner = new Map<ScopeOwner, OpenScope>();
  /** Functions whose inside was not looked at, with the scope around it. */
  const closed = new Map<FunctionDefinition, OpenScope>();
  const redirected: Redirected[] = [];
  const module = open("module", syntax, undefined);
  visitAll(syntax.body, module);
  for (const { scope, name, binding } of redirected) addBinding(declaredScope(scope, name), name, binding);
  return {
    module,
    get all() {
      for (const node of closed.keys()) enter(node);
      return outerFirst(opened);
    },
    scopeOf(owner) {
      if (closed.has(owner as FunctionDefinition)) enter(owner as FunctionDefinition);
      else if (!byOwner.has(owner)) enterUpTo(owner as SyntaxNode);
      const scope = byOwner.get(owner);
      if (scope === undefined) throw new Error("no scope of this module has this owner");
      return scope;
    },
  };

  /** Looks into the functions around `owner`, the outermost first. */
  function enterUpTo(owner: SyntaxNode): void {
    for (const node of closed.keys()) {
      if (node.start <= owner.start && owner.end <= node.end) enter(node);
    }
  }

  /** Looks into a function that was passed by. Those inside it are then passed by in their turn. */
  function enter(node: FunctionDefinition): void {
    const outer = closed.get(node)!;
    closed.delete(node);
    visitInside(node, outer);
  }

  function open(kind: Scope["kind"], owner: ScopeOwner, parent: OpenScope | undefined): OpenScope {
    const scope: OpenScope = {
      kind,
      owner,
      ...(parent === undefined ? {} : { parent }),
      bindings: new Map(),
      declared: noDeclarations,
      starImports: noStarImports,
    };
    opened.push(scope);
    byOwner.set(owner, scope);
    return scope;
  }

  function bind(scope: OpenScope, name: string, binding: Binding): void {
    if (scope.declared.has(name)) redirected.push({ scope, name, binding });
    else addBinding(scope, name, binding);
  }

  function visitAll(nodes: readonly SyntaxNode[], scope: OpenScope): void {
    for (const node of nodes) visit(node, scope);
  }

  /** Binds what `node` binds and goes on inside it. */
  function visit(node: SyntaxNode, scope: OpenScope): void {
    switch (node.kind) {
      case "name":
      case "string":
      case "number":
      case "constant":
        return;
      case "attribute":
        visit(node.object, scope);
        return;
      case "call":
        visit(node.callee, scope);
        for (const { value } of node.arguments) visit(value, scope);
        return;
      case "expression":
        visit(node.value, scope);
        return;
      case "binary":
        visitLeftChain(node, scope);
        return;
      case "if":
        if ("body" in node) visitBranches(node, scope);
        else visit(node.test, scope);
        return;
      case "function":
        visitFunction(node, scope);
        return;
      case "class":
        visitClass(node, scope);
        return;
      case "lambda":
        visitLambda(node, scope);
        return;
      case "comprehension":
        visitComprehension(node, scope);
        return;
      case "typeAlias":
        bind(scope, node.name.id, { form: "typeAlias", node });
        visitTypeParameters(node.typeParameters, open("typeParameters", node, scope));
        visit(node.value, byOwner.get(node)!);
        return;
      case "scope":
        scope.declared = new Map([
          ...scope.declared,
          ...node.names.map(({ id }) => [id, node.form] as const),
        ]);
        return;
      default:
        bindNames(node, scope);
        forEachChild(node, visit, scope);
    }
  }

  /** The names that `node` itself binds in the scope it stands in. */
  function bindNames(node: SyntaxNode, scope: OpenScope): void {
    switch (node.kind) {
      case "assign":
        for (const target of node.targets) bindTarget(target, scope, "assignment", node);
        return;
      case "augmented":
        bindTarget(node.target, scope, "assignment", node);
        return;
      case "for":
        bindTarget(node.target, scope, "loop", node);
        return;
      case "withItem":
        if (node.target !== undefined) bindTarget(node.target, scope, "with", node);
        return;
      case "delete":
        for (const target of node.targets) bindTarget(target, scope, "delete", node);
        return;
      case "except":
        if (node.name !== undefined) bind(scope, node.name.id, { form: "except", node });
        return;
      case "walrus":
        bind(bodyScope(scope) as OpenScope, node.target.id, { form: "walrus", node });
        return;
      case "matchAs":
      case "matchStar":
        if (node.name !== undefined) bind(scope, node.name.id, { form: "match", node });
        return;
      case "matchMapping":
        if (node.rest !== undefined) bind(scope, node.rest.id, { form: "match", node });
        return;
      case "import":
        for (const name of node.names) {
          bind(scope, name.alias?.id ?? beforeDot(name.name), {
            form: "import",
            node: name,
            statement: node,
          });
        }
        return;
      case "importFrom":
        if (node.names === "*") scope.starImports = [...scope.starImports, node];
        else {
          for (const name of node.names) {
            bind(scope, name.alias?.id ?? name.name, { form: "import", node: name, statement: node });
          }
        }
        return;
      default:
        return;
    }
  }

  function bindTarget(target: Expression, scope: OpenScope, form: TargetForm, node: SyntaxNode): void {
    if (target.kind === "name") bind(scope, target.id, { form, node });
    else if (target.kind === "starred") bindTarget(target.value, scope, form, node);
    else if (target.kind === "display") {
      for (const element of target.elements) bindTarget(element, scope, form, node);
    }
  }

  function visitLeftChain(node: Expression, scope: OpenScope): void {
    let left = node;
    for (; left.kind === "binary"; left = left.left) visit(left.right, scope);
    visit(left, scope);
  }

  function visitBranches(first: If, scope: OpenScope): void {
    let branch = first;
    for (;;) {
      visit(branch.test, scope);
      visitAll(branch.body, scope);
      const [next, ...more] = branch.otherwise;
      if (next?.kind !== "if" || more.length > 0) break;
      branch = next;
    }
    visitAll(branch.otherwise, scope);
  }

  /** Decorators and defaults belong outside; annotations too, but they see the type parameters. */
  function visitFunction(node: FunctionDefinition, scope: OpenScope): void {
    visitAll(node.decorators, scope);
    bind(scope, node.name.id, { form: "function", node });
    const outer = typeParameterScope(node, scope);
    for (const parameter of node.parameters) {
      if (parameter.default !== undefined) visit(parameter.default, scope);
      if (parameter.annotation !== undefined) visit(parameter.annotation, outer);
    }
    if (node.returns !== undefined) visit(node.returns, outer);
    if (node.reachesOut) visitInside(node, outer);
    else closed.set(node, outer);
  }

  function visitInside(node: FunctionDefinition, outer: OpenScope): void {
    const inner = open("function", node, outer);
    bindParameters(node.parameters, inner);
    visitAll(node.body, inner);
  }

  function visitClass(node: Extract<Statement, { kind: "class" }>, scope: OpenScope): void {
    visitAll(node.decorators, scope);
    bind(scope, node.name.id, { form: "class", node });
    const outer = typeParameterScope(node, scope);
    visitAll(node.bases, outer);
    visitAll(node.body, open("class", node, outer));
  }

  function typeParameterScope(
    node: Extract<Statement, { kind: "class" | "function" }>,
    scope: OpenScope,
  ): OpenScope {
    if (node.typeParameters.length === 0) return scope;
    const inner = open("typeParameters", node, scope);
    visitTypeParameters(node.typeParameters, inner);
    return inner;
  }

  function visitTypeParameters(parameters: readonly TypeParameter[], scope: OpenScope): void {
    for (const node of parameters) {
      bind(scope, node.name.id, { form: "typeParameter", node });
      forEachChild(node, visit, scope);
    }
  }

  function visitLambda(node: Lambda, scope: OpenScope): void {
    for (const parameter of node.parameters) {
      if (parameter.default !== undefined) visit(parameter.default, scope);
    }
    const inner = open("lambda", node, scope);
    bindParameters(node.parameters, inner);
    visit(node.body, inner);
  }

  function bindParameters(parameters: readonly Parameter[], scope: OpenScope): void {
    for (const node of parameters) {
      bind(scope, node.name.id, { form: "parameter", node });
      if (node.pattern !== undefined) bindTarget(node.pattern, scope, "parameter", node);
    }
  }

  /** The first iterable is evaluated outside. */
  function visitComprehension(node: Comprehension, scope: OpenScope): void {
    const [first, ...more] = node.clauses;
    const inner = open("comprehension", node, scope);
    if (first?.kind === "for") {
      visit(first.iterable, scope);
      bindTarget(first.target, inner, "loop", first);
      visit(first.target, inner);
    }
    visitAll(more, inner);
    if (node.key !== undefined) visit(node.key, inner);
    visit(node.element, inner);
  }
}

/** Every scope after the one around it, else by position: the same whatever was looked into first. */
function outerFirst(scopes: readonly OpenScope[]): readonly OpenScope[] {
  const inside = new Map<Scope | undefined, OpenScope[]>();
  for (const scope of scopes) {
    const siblings = inside.get(scope.parent);
    if (siblings === undefined) inside.set(scope.parent, [scope]);
    else siblings.push(scope);
  }
  for (const siblings of inside.values()) siblings.sort((left, right) => startOf(left) - startOf(right));
  const found: OpenScope[] = [];
  const visit = (scope: OpenScope) => {
    found.push(scope);
    inside.get(scope)?.forEach(visit);
  };
  inside.get(undefined)?.forEach(visit);
  return found;
}

function startOf({ owner }: Scope): number {
  return "start" in owner ? owner.start : 0;
}

function addBinding(scope: OpenScope, name: string, binding: Binding): void {
  const known = scope.bindings.get(name);
  if (known === undefined) scope.bindings.set(name, [binding]);
  else known.push(binding);
}

/** Where a name is bound that `scope` declares `global` or `nonlocal`. */
function declaredScope(scope: OpenScope, name: string): OpenScope {
  if (scope.declared.get(name) === "global") return moduleScope(scope) as OpenScope;
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    const isFunction = outer.kind !== "class" && outer.kind !== "module";
    if (isFunction && outer.bindings.has(name)) return outer as OpenScope;
  }
  return scope;
}

function beforeDot(dotted: string): string {
  const dot = dotted.indexOf(".");
  return dot < 0 ? dotted : dotted.slice(0, dot);
}
