// A small bench by hand: every way in which a comment can meet a fix, or miss it.
import type { Fix, Ordinary } from "../../../bench/prs/facts.js";
import type { Comment, Result } from "../../../bench/prs/results.js";

const place = {
  file: "shop/views.py",
  lines: [10, 12] as const,
  function_lines: [5, 30] as const,
  fixed_lines: [10, 14] as const,
  fixed_function_lines: [5, 32] as const,
  what: "the query is built from the request",
};
const fix = (id: string, more: Partial<Fix> = {}): Fix => ({
  id,
  family: 3,
  also: [],
  cwe: "CWE-89",
  vulnerable: [place],
  needs: "intra",
  weak_pair: false,
  reverse_added_lines: 4,
  ...more,
});

export const fixes: readonly Fix[] = [
  fix("lines"),
  fix("two-lines-off"),
  fix("three-lines-off", { vulnerable: [{ ...place, function_lines: null }] }),
  fix("function"),
  fix("outside"),
  fix("other-family"),
  fix("other-family-and-own"),
  fix("accepted-family", { also: [1] }),
  fix("other-file"),
  fix("test-file", { vulnerable: [{ ...place, file: "tests/test_views.py" }] }),
  fix("summary-only"),
  fix("loud-function"),
  fix("loud-lines", { vulnerable: [{ ...place, fixed_function_lines: null }] }),
  fix("quiet-lines", { vulnerable: [{ ...place, fixed_function_lines: null }] }),
  fix("loud-other-family"),
  fix("nowhere-fixed", { vulnerable: [{ ...place, fixed_function_lines: null, fixed_lines: null }] }),
  fix("weak", { weak_pair: true }),
  fix("weak-missed", { weak_pair: true }),
  fix("semantic", { needs: "semantic-only", family: 5 }),
  fix("second-place", { vulnerable: [{ ...place, file: "shop/a.py" }, place], family: 1 }),
];
export const ordinary: readonly Ordinary[] = [
  { id: "quiet", added_lines: 700 },
  { id: "noisy", added_lines: 300 },
];

const comment = (line: number, more: Partial<Comment> = {}): Comment => ({
  file: "shop/views.py",
  line,
  end_line: line,
  family: 3,
  cwe: "CWE-89",
  rule: "sql-injection",
  confidence: "high",
  side: "RIGHT",
  placement: "inline",
  message: "This query is built from `x`.",
  ...more,
});
const result = (id: string, direction: Result["direction"], ...comments: Comment[]): Result => ({
  engine: "e",
  id,
  direction,
  ms: 1,
  comments,
});

export const results: readonly Result[] = [
  result("lines", "reverse", comment(11)),
  result("two-lines-off", "reverse", comment(14)),
  result("three-lines-off", "reverse", comment(15)),
  result("function", "reverse", comment(28, { end_line: 40 })),
  result("outside", "reverse", comment(31)),
  result("other-family", "reverse", comment(11, { family: 1 })),
  result("other-family-and-own", "reverse", comment(11, { family: 1 }), comment(20)),
  result("accepted-family", "reverse", comment(8, { family: 1 })),
  result("other-file", "reverse", comment(11, { file: "shop/models.py" })),
  result("test-file", "reverse", comment(11, { file: "tests/test_views.py" })),
  result("summary-only", "reverse", comment(11, { placement: "summary" })),
  result("loud-function", "reverse", comment(11)),
  result("loud-function", "forward", comment(32)),
  result("loud-lines", "reverse", comment(11)),
  result("loud-lines", "forward", comment(16)),
  result("quiet-lines", "reverse", comment(11)),
  result("quiet-lines", "forward", comment(17)),
  result("loud-other-family", "reverse", comment(11)),
  result("loud-other-family", "forward", comment(11, { family: 4 })),
  result("nowhere-fixed", "reverse", comment(11)),
  result("nowhere-fixed", "forward", comment(11)),
  result("weak", "reverse", comment(11, { placement: "file" })),
  result("weak", "forward", comment(11)),
  result("semantic", "reverse", comment(11, { family: 5 })),
  result("second-place", "reverse", comment(12, { family: 1 })),
  result("noisy", "ordinary", comment(1), comment(2, { family: 6 }), comment(3, { file: "docs/conf.py" })),
];
