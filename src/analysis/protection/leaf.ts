// A body as a flat list of what stands on its lines: simple statements, and the headers of compound ones.
import type { Range } from "../../base/span.js";
import type {
  Call,
  ExceptHandler,
  ModuleSyntax,
  Statement,
  SyntaxNode,
  Try,
  WithItem,
} from "../../python/ast.js";
import { forEachChild } from "../../python/children.js";
import { normalText } from "./normal-text.js";

export type LeafNode = Statement | ExceptHandler | WithItem | { readonly kind: "finally" };

/** One simple statement or one header. Code that is only indented differently has the same leaves. */
export interface Leaf {
  readonly node: LeafNode;
  readonly syntax: ModuleSyntax;
  /** The statement or header itself, without the statements inside. */
  readonly range: Range;
  /** Equal for code that differs only in its formatting. */
  readonly text: string;
  /** Around it, outermost first. */
  readonly owners: readonly Owner[];
  readonly index: number;
  /** The statement and its siblings in their block. */
  readonly block: readonly Statement[];
  /** The expressions of the leaf itself, all levels, in source order. */
  readonly parts: () => readonly SyntaxNode[];
}

export interface Owner {
  readonly leaf: Leaf;
  readonly branch: "body" | "otherwise" | "handler" | "finalizer";
}

/** The leaves of `body`. Definitions inside are one leaf each. */
export function leavesOf(syntax: ModuleSyntax, body: readonly Statement[]): readonly Leaf[] {
  const leaves: Leaf[] = [];

  function add(
    node: LeafNode,
    range: Range,
    word: string,
    owners: readonly Owner[],
    block: readonly Statement[],
    roots: readonly (SyntaxNode | undefined)[],
  ): Leaf {
    let parts: readonly SyntaxNode[] | undefined;
    const leaf: Leaf = {
      node,
      syntax,
      range,
      text: word + normalText(syntax, range),
      owners,
      index: leaves.length,
      block,
      parts: () => {
        parts ??= roots.flatMap((root) => (root ? [root, ...inside(root)] : []));
        return parts;
      },
    };
    leaves.push(leaf);
    return leaf;
  }

  function visit(statements: readonly Statement[], owners: readonly Owner[]): void {
    for (const statement of statements) visitOne(statement, owners, statements);
  }

  function visitOne(statement: Statement, owners: readonly Owner[], block: readonly Statement[]): void {
    switch (statement.kind) {
      case "if":
      case "while": {
        const { test } = statement;
        const leaf = add(statement, test, `${statement.kind} `, owners, block, [test]);
        visit(statement.body, [...owners, { leaf, branch: "body" }]);
        visit(statement.otherwise, [...owners, { leaf, branch: "otherwise" }]);
        return;
      }
      case "for": {
        const { target, iterable } = statement;
        const header = { start: target.start, end: iterable.end };
        const leaf = add(statement, header, "for ", owners, block, [target, iterable]);
        visit(statement.body, [...owners, { leaf, branch: "body" }]);
        visit(statement.otherwise, [...owners, { leaf, branch: "otherwise" }]);
        return;
      }
      case "with": {
        let around = owners;
        for (const item of statement.items) {
          const leaf = add(item, item, "with ", around, block, [item]);
          around = [...around, { leaf, branch: "body" }];
        }
        visit(statement.body, around);
        return;
      }
      case "try":
        visitTry(statement, owners, block);
        return;
      case "match": {
        const leaf = add(statement, statement.subject, "match ", owners, block, [statement.subject]);
        for (const each of statement.cases) visit(each.body, [...owners, { leaf, branch: "body" }]);
        return;
      }
      case "function":
      case "class":
        add(statement, statement.name, `${statement.kind} `, owners, block, []);
        return;
      default:
        if (!isDocumentation(statement)) add(statement, statement, "", owners, block, [statement]);
    }
  }

  function visitTry(statement: Try, owners: readonly Owner[], block: readonly Statement[]): void {
    const leaf = add(statement, { start: statement.start, end: statement.start + 3 }, "", owners, block, []);
    const owned = (branch: Owner["branch"]) => [...owners, { leaf, branch }];
    visit(statement.body, owned("body"));
    for (const handler of statement.handlers) {
      const { type } = handler;
      const range = type ?? { start: handler.start, end: handler.start + 6 };
      const header = add(handler, range, "except ", owned("handler"), block, [type]);
      visit(handler.body, [...owned("handler"), { leaf: header, branch: "body" }]);
    }
    visit(statement.otherwise, owned("otherwise"));
    const [first] = statement.finalizer;
    if (!first) return;
    const word = statement.finalizer.length > 0 ? finallyRange(syntax, first.start) : first;
    const header = add({ kind: "finally" }, word, "", owned("finalizer"), block, []);
    visit(statement.finalizer, [...owned("finalizer"), { leaf: header, branch: "body" }]);
  }

  visit(body, []);
  return leaves;
}

/** The word `finally` before the first statement of a finalizer. */
function finallyRange({ text }: ModuleSyntax, before: number): Range {
  const start = text.lastIndexOf("finally", before);
  return { start, end: start + "finally".length };
}

function isDocumentation(statement: Statement): boolean {
  return statement.kind === "expression" && statement.value.kind === "string";
}

/** All nodes below `node`, in order, without the bodies of lambdas' parameters. */
function inside(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (child: SyntaxNode): void => {
    found.push(child);
    forEachChild(child, visit, undefined);
  };
  forEachChild(node, visit, undefined);
  return found;
}

/** The calls of a leaf, outer ones first. */
export function callsOf(leaf: Leaf): readonly Call[] {
  return leaf.parts().filter((part): part is Call => part.kind === "call");
}

/** Does `leaf` stand inside `owner`, in this branch if one is given? */
export function isInside(leaf: Leaf, owner: Leaf, branch?: Owner["branch"]): boolean {
  return leaf.owners.some((each) => each.leaf === owner && (branch === undefined || each.branch === branch));
}
