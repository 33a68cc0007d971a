// The node kinds of tree-sitter-python as small numbers: what the syntax table stores and lowering dispatches on.

/** Kinds that carry no structure of their own: a table has no row for them. */
export const ignoredKinds: Readonly<Record<string, string>> = {
  comment: "kept as a range in `comments`",
  line_continuation: "white space",
  string_start: "read from the text of its string",
  string_content: "read from the text of its string",
  string_end: "read from the text of its string",
  escape_sequence: "read from the text of its string",
  escape_interpolation: "read from the text of its string",
  type_conversion: "read from the text of its interpolation",
  import_prefix: "read from the text of its import",
};

/** Every other named kind of the grammar. The order is free: kinds are numbered from 1 by their place here. */
const kindNames = [
  "ERROR",
  "MISSING",
  "UNKNOWN",
  // expressions
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "ellipsis",
  "string",
  "concatenated_string",
  "interpolation",
  "format_expression",
  "format_specifier",
  "attribute",
  "subscript",
  "slice",
  "call",
  "argument_list",
  "keyword_argument",
  "dictionary_splat",
  "list_splat",
  "parenthesized_list_splat",
  "parenthesized_expression",
  "unary_operator",
  "not_operator",
  "binary_operator",
  "boolean_operator",
  "comparison_operator",
  "conditional_expression",
  "named_expression",
  "lambda",
  "list",
  "set",
  "tuple",
  "dictionary",
  "pair",
  "expression_list",
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
  "for_in_clause",
  "if_clause",
  "await",
  "yield",
  "as_pattern",
  "as_pattern_target",
  // targets
  "pattern_list",
  "list_pattern",
  "tuple_pattern",
  "list_splat_pattern",
  "dictionary_splat_pattern",
  // types
  "type",
  "type_parameter",
  "generic_type",
  "union_type",
  "member_type",
  "splat_type",
  "constrained_type",
  // definitions
  "function_definition",
  "class_definition",
  "decorated_definition",
  "decorator",
  "parameters",
  "lambda_parameters",
  "default_parameter",
  "typed_parameter",
  "typed_default_parameter",
  "keyword_separator",
  "positional_separator",
  // statements
  "module",
  "block",
  "expression_statement",
  "assignment",
  "augmented_assignment",
  "return_statement",
  "delete_statement",
  "raise_statement",
  "pass_statement",
  "break_statement",
  "continue_statement",
  "global_statement",
  "nonlocal_statement",
  "assert_statement",
  "print_statement",
  "chevron",
  "exec_statement",
  "type_alias_statement",
  "if_statement",
  "elif_clause",
  "else_clause",
  "for_statement",
  "while_statement",
  "try_statement",
  "except_clause",
  "finally_clause",
  "with_statement",
  "with_clause",
  "with_item",
  // imports
  "import_statement",
  "import_from_statement",
  "future_import_statement",
  "relative_import",
  "dotted_name",
  "aliased_import",
  "wildcard_import",
  // match
  "match_statement",
  "case_clause",
  "case_pattern",
  "class_pattern",
  "complex_pattern",
  "dict_pattern",
  "keyword_pattern",
  "splat_pattern",
  "union_pattern",
] as const;

export type KindName = (typeof kindNames)[number];

const numbers: ReadonlyMap<string, number> = new Map(kindNames.map((name, index) => [name, index + 1]));

/** One more than the greatest kind number. */
export const kindCount = kindNames.length + 1;

/** The number of a kind of the grammar; 0 when tables have no rows for it, "UNKNOWN" when this list lacks it. */
export function kindNumber(name: string): number {
  return numbers.get(name) ?? (Object.hasOwn(ignoredKinds, name) ? 0 : kindOf("UNKNOWN"));
}

/** The number of a kind that lowering names. */
export function kindOf(name: KindName): number {
  return numbers.get(name)!;
}

/** The grammar's name of kind `number`. */
export function kindName(number: number): string {
  return kindNames[number - 1] ?? "token";
}

/** A dispatch table: what `entries` gives for a kind, at the kind's number. */
export function byKind<T>(entries: { readonly [Name in KindName]?: T }): readonly (T | undefined)[] {
  const table: (T | undefined)[] = new Array(kindCount).fill(undefined);
  for (const [name, entry] of Object.entries(entries)) table[kindOf(name as KindName)] = entry;
  return table;
}
