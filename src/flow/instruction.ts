// The instructions that analyses see: Python evaluated step by step into values that are assigned once.
import type { ClassDefinition, FunctionDefinition, Lambda, SyntaxNode } from "../python/ast.js";
import type { Storage } from "../python/scopes.js";

/** A temporary of one body, assigned by exactly one instruction; numbered from 0 without gaps. */
export type Value = number;

/**
 * A name as a body uses it: compare `name` and `storage`, not the objects. A comprehension's own `x` is `local`, and
 * called "x'" where the body around it has an `x` too.
 */
export interface Variable {
  readonly name: string;
  readonly storage: Storage;
}

export interface CallArgument {
  readonly form: "positional" | "keyword" | "star" | "doubleStar";
  /** Only of form "keyword". */
  readonly name?: string;
  readonly value: Value;
}

/**
 * What `compose` makes of its operands.
 * `format`: f-string (operands: the parts in order); `template`: t-string, likewise.
 * `interpolation`: a part with `!r` (`operator` "r") or a format (second operand); a plain `{x}` is `x` itself.
 * `binary`: `operator` applied to two, "+=" and the like for an augmented assignment; `unary`: to one.
 * `slice`: lower, upper, step (-1 where missing).
 * `dict`: operands alternate key, value (a `**x` entry has the key value -1).
 * `starred`: `*x` inside a display. `iterator`: a generator expression, what it yields is `collect`ed.
 */
export type Form =
  | "list"
  | "tuple"
  | "set"
  | "dict"
  | "format"
  | "template"
  | "binary"
  | "unary"
  | "slice"
  | "starred"
  | "interpolation"
  | "iterator";

interface Step {
  /** The syntax that this instruction evaluates; its range is where a finding points. */
  readonly node: SyntaxNode;
}

export type Instruction =
  | (Step & {
      readonly op: "constant";
      readonly result: Value;
      readonly value: string | boolean | null | "...";
      readonly type: "string" | "bytes" | "number" | "constant";
    })
  /** The value of parameter number `index` (0-based, in written order). Only in the entry block. */
  | (Step & { readonly op: "parameter"; readonly result: Value; readonly index: number })
  | (Step & { readonly op: "read"; readonly result: Value; readonly variable: Variable })
  | (Step & { readonly op: "write"; readonly variable: Variable; readonly value: Value })
  | (Step & { readonly op: "unbind"; readonly variable: Variable })
  /** `object.name` */
  | (Step & { readonly op: "member"; readonly result: Value; readonly object: Value; readonly name: string })
  | (Step & {
      readonly op: "setMember";
      readonly object: Value;
      readonly name: string;
      readonly value: Value;
    })
  | (Step & { readonly op: "deleteMember"; readonly object: Value; readonly name: string })
  /** `object[index]` */
  | (Step & { readonly op: "element"; readonly result: Value; readonly object: Value; readonly index: Value })
  | (Step & {
      readonly op: "setElement";
      readonly object: Value;
      readonly index: Value;
      readonly value: Value;
    })
  | (Step & { readonly op: "deleteElement"; readonly object: Value; readonly index: Value })
  | (Step & {
      readonly op: "call";
      readonly result: Value;
      readonly callee: Value;
      readonly arguments: readonly CallArgument[];
    })
  | (Step & {
      readonly op: "compose";
      readonly result: Value;
      readonly form: Form;
      readonly operator?: string;
      readonly operands: readonly Value[];
    })
  /** One comparison of a chain, `operator` as in the syntax tree ("in", "is not", "=="). */
  | (Step & {
      readonly op: "compare";
      readonly result: Value;
      readonly operator: string;
      readonly left: Value;
      readonly right: Value;
    })
  /** `iter(iterable)`: the `next` terminator takes from it. */
  | (Step & {
      readonly op: "iterate";
      readonly result: Value;
      readonly iterable: Value;
      readonly isAsync: boolean;
    })
  /**
   * Element number `index` of an unpacked `source`, counted from the end (-1 is the last) behind a starred target;
   * `rest`: the list that the starred target itself takes, from `index` on.
   */
  | (Step & {
      readonly op: "unpack";
      readonly result: Value;
      readonly source: Value;
      readonly index: number;
      readonly rest: boolean;
    })
  /** A comprehension's element joins its result (of `compose` with no operands); `key` of a dict comprehension. */
  | (Step & {
      readonly op: "collect";
      readonly collection: Value;
      readonly key?: Value;
      readonly value: Value;
    })
  /** `manager.__enter__()`; its `exit` stands on every way out of the `with` body. */
  | (Step & {
      readonly op: "enter";
      readonly result: Value;
      readonly manager: Value;
      readonly isAsync: boolean;
    })
  /** `manager.__exit__(…)`; `raising` where an exception is under way. */
  | (Step & {
      readonly op: "exit";
      readonly manager: Value;
      readonly isAsync: boolean;
      readonly raising: boolean;
    })
  | (Step & {
      readonly op: "suspend";
      readonly result: Value;
      readonly form: "await" | "yield" | "yieldFrom";
      readonly value?: Value;
    })
  /** A merge of two ways to compute one expression (`a or b`, `x if c else y`): one of `operands`. */
  | (Step & { readonly op: "choose"; readonly result: Value; readonly operands: readonly Value[] })
  /** A function, lambda or class comes into being; `defaults` and `decorators` were evaluated before. */
  | (Step & {
      readonly op: "define";
      readonly result: Value;
      readonly definition: FunctionDefinition | Lambda | ClassDefinition;
      readonly defaults: readonly { readonly parameter: string; readonly value: Value }[];
      readonly decorators: readonly Value[];
      readonly bases: readonly CallArgument[];
    })
  /**
   * `import a.b` gives the package "a", `import a.b as c` the module "a.b" (`node` tells them apart);
   * `from m import n` gives member "n" of module "m" (relative dots kept: "..m").
   */
  | (Step & {
      readonly op: "import";
      readonly result: Value;
      readonly module: string;
      /** Only of `from … import`; "*" for all. */
      readonly member?: string;
    })
  /** The exception that an `except` block handles. */
  | (Step & { readonly op: "caught"; readonly result: Value })
  /** Source without structure: anything may have happened. */
  | (Step & { readonly op: "unknown"; readonly result: Value; readonly operands: readonly Value[] });

/** How a block ends. Targets are block numbers. */
export type Terminator =
  | { readonly kind: "jump"; readonly target: number }
  | {
      readonly kind: "branch";
      readonly condition: Value;
      readonly whenTrue: number;
      readonly whenFalse: number;
      readonly node: SyntaxNode;
    }
  /** Takes the next element of `iterator` into `item`, or leaves. */
  | {
      readonly kind: "next";
      readonly iterator: Value;
      readonly item: Value;
      readonly body: number;
      readonly exhausted: number;
      readonly node: SyntaxNode;
    }
  /**
   * Does the exception under way match one of `types`? A bare `except:` needs no such question: see `caught`.
   * Of a suppressing manager (`node` is its `with` item): the types it was given, or itself when none are evident.
   */
  | {
      readonly kind: "catch";
      readonly types: readonly Value[];
      readonly matched: number;
      readonly unmatched: number;
      readonly node: SyntaxNode;
    }
  /** A `match` case: does `subject` match the pattern of `node`? Patterns that are plain values are `compare`d. */
  | {
      readonly kind: "match";
      readonly subject: Value;
      readonly matched: number;
      readonly unmatched: number;
      readonly node: SyntaxNode;
    }
  /** To the exit of the body. `value` undefined: None. `implicit`: the end of the body was reached. */
  | {
      readonly kind: "return";
      readonly value?: Value;
      readonly implicit: boolean;
      readonly node?: SyntaxNode;
    }
  /** To `handler` of the block, or out of the body. `exception` undefined: the one under way again. */
  | { readonly kind: "raise"; readonly exception?: Value; readonly cause?: Value; readonly node: SyntaxNode }
  /** Nothing follows: `os._exit()`. (`sys.exit()` raises.) */
  | { readonly kind: "stop" };
