// The typed syntax tree of one module: what lowering makes of tree-sitter's tree, and all that later stages see.
// Every node carries UTF-16 offsets into the module's text, end exclusive; children lie inside their parents.
import type { Range } from "../base/span.js";
import type { Dialect } from "./dialect.js";

// ---------------------------------------------------------------- expressions

export type Expression =
  | Name
  | NumberLiteral
  | StringLiteral
  | FormattedString
  | ConstantLiteral
  | Attribute
  | Subscript
  | Slice
  | Call
  | Unary
  | Binary
  | BooleanOperation
  | Comparison
  | Conditional
  | Assignment
  | Lambda
  | Display
  | DictDisplay
  | Comprehension
  | Starred
  | Await
  | Yield
  | Unparsed;

export interface Name extends Range {
  readonly kind: "name";
  readonly id: string;
}

/** `text` as written ("0x1F", "1_000", "2j"); later stages convert when they need to. */
export interface NumberLiteral extends Range {
  readonly kind: "number";
  readonly text: string;
}

/** A string without interpolation, adjacent literals joined. `value` has escapes decoded; of bytes, one unit a byte. */
export interface StringLiteral extends Range {
  readonly kind: "string";
  readonly value: string;
  readonly isBytes: boolean;
}

/** An f-string or t-string, adjacent literals joined; `parts` in order. */
export interface FormattedString extends Range {
  readonly kind: "formatted";
  readonly isTemplate: boolean;
  readonly parts: readonly (StringLiteral | Interpolation)[];
}

/** `{value!conversion:format}` inside a formatted string. */
export interface Interpolation extends Range {
  readonly kind: "interpolation";
  readonly value: Expression;
  readonly conversion?: "s" | "r" | "a";
  readonly format?: FormattedString;
}

export interface ConstantLiteral extends Range {
  readonly kind: "constant";
  readonly value: true | false | null | "...";
}

export interface Attribute extends Range {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: Name;
}

export interface Subscript extends Range {
  readonly kind: "subscript";
  readonly object: Expression;
  /** Several subscripts, or one with a trailing comma, are one `Display` of form "tuple". */
  readonly index: Expression;
}

export interface Slice extends Range {
  readonly kind: "slice";
  readonly lower?: Expression;
  readonly upper?: Expression;
  readonly step?: Expression;
}

export interface Call extends Range {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}

/** `f(x)`, `f(name=x)`, `f(*x)`, `f(**x)`. A generator argument without parentheses is a positional one. */
export interface Argument extends Range {
  readonly kind: "argument";
  readonly form: "positional" | "keyword" | "star" | "doubleStar";
  /** Only of form "keyword". */
  readonly name?: Name;
  readonly value: Expression;
}

export interface Unary extends Range {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+" | "~";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "&" | "|" | "^" | "<<" | ">>";

export interface Binary extends Range {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a and b and c` is one node of three operands. */
export interface BooleanOperation extends Range {
  readonly kind: "boolean";
  readonly operator: "and" | "or";
  readonly operands: readonly Expression[];
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";

/** `a < b <= c`: `operands` is one longer than `operators`. Python 2's `<>` is "!=". */
export interface Comparison extends Range {
  readonly kind: "comparison";
  readonly operators: readonly ComparisonOperator[];
  readonly operands: readonly Expression[];
}

/** `body if test else otherwise` */
export interface Conditional extends Range {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly body: Expression;
  readonly otherwise: Expression;
}

/** `(target := value)` */
export interface Assignment extends Range {
  readonly kind: "walrus";
  readonly target: Name;
  readonly value: Expression;
}

export interface Lambda extends Range {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

/** `[…]`, `(…)`, `{…}` and bare `a, b`. */
export interface Display extends Range {
  readonly kind: "display";
  readonly form: "list" | "tuple" | "set";
  readonly elements: readonly Expression[];
}

export interface DictDisplay extends Range {
  readonly kind: "dict";
  /** An entry without key is `**value`. */
  readonly entries: readonly { readonly key?: Expression; readonly value: Expression }[];
}

export interface Comprehension extends Range {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  /** The key of a dict comprehension. */
  readonly key?: Expression;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export type ComprehensionClause =
  | ({
      readonly kind: "for";
      readonly isAsync: boolean;
      readonly target: Expression;
      readonly iterable: Expression;
    } & Range)
  | ({ readonly kind: "if"; readonly test: Expression } & Range);

export interface Starred extends Range {
  readonly kind: "starred";
  readonly value: Expression;
}

export interface Await extends Range {
  readonly kind: "await";
  readonly value: Expression;
}

export interface Yield extends Range {
  readonly kind: "yield";
  readonly isFrom: boolean;
  readonly value?: Expression;
}

/** Source that has no known structure: an ERROR node, or a kind of node that lowering does not know. Never silent. */
export interface Unparsed extends Range {
  readonly kind: "unparsed";
  /** Why, for a report: tree-sitter's node type ("ERROR"), or "nested too deeply". */
  readonly reason: string;
}

// ---------------------------------------------------------------- statements

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | Return
  | Delete
  | Assign
  | AugmentedAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | ScopeDeclaration
  | ExpressionStatement
  | TypeAlias
  | Print
  | Exec
  | Pass
  | Break
  | Continue
  | Unparsed;

export interface FunctionDefinition extends Range {
  readonly kind: "function";
  readonly name: Name;
  readonly isAsync: boolean;
  readonly decorators: readonly Decorator[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns?: Expression;
  /**
   * Does it hold, at any depth, `global`, `nonlocal` or an import: what concerns more than its own body?
   * Where it does not, nobody has to look inside before it is asked for.
   */
  readonly reachesOut: boolean;
  /** May be lowered when first read; the same list every time. */
  readonly body: readonly Statement[];
}

export interface ClassDefinition extends Range {
  readonly kind: "class";
  readonly name: Name;
  readonly decorators: readonly Decorator[];
  readonly typeParameters: readonly TypeParameter[];
  /** Bases and keywords (`metaclass=…`) as written. */
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
}

/** `start` at the "@". A definition's own range starts at its first decorator. */
export interface Decorator extends Range {
  readonly kind: "decorator";
  readonly expression: Expression;
}

export interface TypeParameter extends Range {
  readonly kind: "typeParameter";
  readonly form: "type" | "typeVarTuple" | "paramSpec";
  readonly name: Name;
  readonly bound?: Expression;
  readonly default?: Expression;
}

export interface Parameter extends Range {
  readonly kind: "parameter";
  readonly form: "positionalOnly" | "positional" | "star" | "keywordOnly" | "doubleStar";
  readonly name: Name;
  readonly annotation?: Expression;
  readonly default?: Expression;
  /** Python 2's `def f(a, (b, c))`: the names inside; `name` is then synthetic. */
  readonly pattern?: Expression;
}

export interface Return extends Range {
  readonly kind: "return";
  readonly value?: Expression;
}

export interface Delete extends Range {
  readonly kind: "delete";
  readonly targets: readonly Expression[];
}

/** `a = b = value` and `a: annotation = value`; an annotation alone has no value. */
export interface Assign extends Range {
  readonly kind: "assign";
  readonly targets: readonly Expression[];
  readonly annotation?: Expression;
  readonly value?: Expression;
}

export interface AugmentedAssign extends Range {
  readonly kind: "augmented";
  readonly operator: BinaryOperator;
  readonly target: Expression;
  readonly value: Expression;
}

export interface For extends Range {
  readonly kind: "for";
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface While extends Range {
  readonly kind: "while";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

/** `elif` is an `If` alone in `otherwise`. */
export interface If extends Range {
  readonly kind: "if";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface With extends Range {
  readonly kind: "with";
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
}

export interface WithItem extends Range {
  readonly kind: "withItem";
  readonly context: Expression;
  readonly target?: Expression;
}

export interface Match extends Range {
  readonly kind: "match";
  /** `match a, b:` is one tuple display. */
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Range {
  readonly kind: "case";
  readonly pattern: Pattern;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

export type Pattern =
  /** A literal or dotted name compared with `==` (`is` for None, True, False). */
  | ({ readonly kind: "matchValue"; readonly value: Expression } & Range)
  /** `pattern as name`, a capture (no pattern), or the wildcard (neither). */
  | ({ readonly kind: "matchAs"; readonly pattern?: Pattern; readonly name?: Name } & Range)
  | ({ readonly kind: "matchOr"; readonly patterns: readonly Pattern[] } & Range)
  | ({ readonly kind: "matchSequence"; readonly patterns: readonly Pattern[] } & Range)
  /** `*rest` in a sequence, `**rest` in a mapping. */
  | ({ readonly kind: "matchStar"; readonly name?: Name } & Range)
  | ({
      readonly kind: "matchMapping";
      readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
      readonly rest?: Name;
    } & Range)
  | ({
      readonly kind: "matchClass";
      readonly class: Expression;
      readonly positional: readonly Pattern[];
      readonly keywords: readonly { readonly name: Name; readonly pattern: Pattern }[];
    } & Range)
  | Unparsed;

export interface Raise extends Range {
  readonly kind: "raise";
  /** Missing in a bare `raise`. */
  readonly exception?: Expression;
  readonly cause?: Expression;
}

export interface Try extends Range {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finalizer: readonly Statement[];
}

export interface ExceptHandler extends Range {
  readonly kind: "except";
  /** `except*` */
  readonly isGroup: boolean;
  /** Missing in a bare `except:`. Several types are one tuple display, with or without parentheses. */
  readonly type?: Expression;
  /** The bound name, in Python 2 form too (`except A, e:`); decided by the file's other syntax. */
  readonly name?: Name;
  readonly body: readonly Statement[];
}

export interface Assert extends Range {
  readonly kind: "assert";
  readonly test: Expression;
  readonly message?: Expression;
}

export interface Import extends Range {
  readonly kind: "import";
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends Range {
  readonly kind: "importFrom";
  /** "" in `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  readonly names: readonly ImportedName[] | "*";
}

/** `a.b.c as d`: name "a.b.c", alias "d". */
export interface ImportedName extends Range {
  readonly kind: "importedName";
  readonly name: string;
  readonly alias?: Name;
}

export interface ScopeDeclaration extends Range {
  readonly kind: "scope";
  readonly form: "global" | "nonlocal";
  readonly names: readonly Name[];
}

export interface ExpressionStatement extends Range {
  readonly kind: "expression";
  readonly value: Expression;
}

export interface TypeAlias extends Range {
  readonly kind: "typeAlias";
  readonly name: Name;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}

/** Python 2's statement `print >>file, a, b`. */
export interface Print extends Range {
  readonly kind: "print";
  readonly file?: Expression;
  readonly values: readonly Expression[];
}

/** Python 2's statement `exec code in globals, locals`. */
export interface Exec extends Range {
  readonly kind: "exec";
  readonly code: Expression;
  readonly globals?: Expression;
  readonly locals?: Expression;
}

export interface Pass extends Range {
  readonly kind: "pass";
}
export interface Break extends Range {
  readonly kind: "break";
}
export interface Continue extends Range {
  readonly kind: "continue";
}

// ---------------------------------------------------------------- module

export interface ModuleSyntax {
  readonly path: string;
  readonly text: string;
  readonly body: readonly Statement[];
  /** Ranges of comments, "#" included, in order. */
  readonly comments: readonly Range[];
  /** Every `Unparsed` node of the tree, in order. */
  readonly unparsed: readonly Unparsed[];
  /** Offsets of line starts, for `pointAt`. */
  readonly lineStarts: readonly number[];
  /** Which Python the file's other syntax speaks for, where it matters. */
  readonly dialect: Dialect;
}

export type SyntaxNode =
  | Expression
  | Statement
  | Pattern
  | Parameter
  | Argument
  | Decorator
  | TypeParameter
  | Interpolation
  | ComprehensionClause
  | WithItem
  | MatchCase
  | ExceptHandler
  | ImportedName;
