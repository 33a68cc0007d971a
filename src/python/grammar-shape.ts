// What the grammar says about the children of each kind, so that the walk need not ask tree-sitter what must be there.
// Holds only where a tree has no errors; comments and line continuations may still stand anywhere.
import { type KindName, kindCount, kindOf } from "./kinds.js";

function flags(...names: readonly KindName[]): Uint8Array {
  const table = new Uint8Array(kindCount);
  for (const name of names) table[kindOf(name)] = 1;
  return table;
}

/** How many named children a kind has, where that is fixed: after the last of them the node ends. */
export const arity = new Uint8Array(kindCount);
const fixed: readonly (readonly [number, readonly KindName[]])[] = [
  [
    1,
    [
      "not_operator",
      "unary_operator",
      "await",
      "list_splat",
      "dictionary_splat",
      "list_splat_pattern",
      "dictionary_splat_pattern",
      "type",
      "if_clause",
      "as_pattern_target",
      "with_item",
      "chevron",
    ],
  ],
  [
    2,
    [
      "attribute",
      "call",
      "binary_operator",
      "boolean_operator",
      "keyword_argument",
      "pair",
      "default_parameter",
      "typed_parameter",
      "named_expression",
      "augmented_assignment",
      "union_type",
      "generic_type",
      "as_pattern",
      "aliased_import",
    ],
  ],
  [3, ["conditional_expression", "typed_default_parameter"]],
];
for (const [count, names] of fixed) for (const name of names) arity[kindOf(name)] = count;

/** Between two named children stands exactly one token. */
export const hasTokenBetween = flags(
  "binary_operator",
  "boolean_operator",
  "keyword_argument",
  "pair",
  "default_parameter",
  "typed_parameter",
  "typed_default_parameter",
  "named_expression",
  "augmented_assignment",
  "union_type",
  "as_pattern",
  "aliased_import",
  "conditional_expression",
);

/** The first child is a token, and not an opening bracket. */
export const startsWithToken = flags(
  "not_operator",
  "unary_operator",
  "await",
  "list_splat",
  "dictionary_splat",
  "list_splat_pattern",
  "dictionary_splat_pattern",
  "lambda",
  "yield",
  "return_statement",
  "raise_statement",
  "delete_statement",
  "assert_statement",
  "global_statement",
  "nonlocal_statement",
  "import_statement",
  "import_from_statement",
  "if_statement",
  "elif_clause",
  "else_clause",
  "while_statement",
  "try_statement",
  "except_clause",
  "finally_clause",
  "class_definition",
  "decorator",
  "if_clause",
  "match_statement",
  "case_clause",
  "chevron",
);

/** The first child is an opening bracket, the last its closing one. */
export const isBracketed = flags(
  "argument_list",
  "parameters",
  "parenthesized_expression",
  "list",
  "tuple",
  "set",
  "dictionary",
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
  "list_pattern",
  "tuple_pattern",
  "type_parameter",
);

/** Bracketed, and the children are separated by commas. */
export const isList = flags(
  "argument_list",
  "parameters",
  "list",
  "tuple",
  "set",
  "dictionary",
  "list_pattern",
  "tuple_pattern",
  "type_parameter",
);

/** Ends, outside brackets, where the line ends. */
export const endsWithLine = flags(
  "expression_statement",
  "assignment",
  "return_statement",
  "raise_statement",
  "delete_statement",
  "assert_statement",
  "import_statement",
  "expression_list",
  "pattern_list",
  "comparison_operator",
  "dotted_name",
);

/** Never holds a closing bracket or a comma of its own: ends before one. */
export const endsBeforeBracket = flags(
  "comparison_operator",
  "assignment",
  "dotted_name",
  "lambda",
  "slice",
  "concatenated_string",
);

/** May hold brackets of its own, with line ends inside that end nothing. */
export const mayHoldBrackets = flags(
  "argument_list",
  "parameters",
  "parenthesized_expression",
  "parenthesized_list_splat",
  "list",
  "tuple",
  "set",
  "dictionary",
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
  "list_pattern",
  "tuple_pattern",
  "type_parameter",
  "subscript",
  "interpolation",
  "format_expression",
  "with_clause",
  "import_from_statement",
  "future_import_statement",
  "case_clause",
);
