import { describe, expect, test } from "vitest";
import { commentMarker, readMarker } from "../../src/review/marker.js";
import { type EarlierComment, reconcile } from "../../src/review/reconcile.js";
import type { ReportedFinding, Review, ReviewComment } from "../../src/review/review.js";

const A = "aaaaaaaaaaaaaaaa";
const B = "bbbbbbbbbbbbbbbb";

const finding = (fingerprint: string): ReportedFinding => ({
  rule: "r",
  family: "deadlock",
  cwe: "CWE-833",
  severity: "high",
  confidence: "high",
  path: "a.py",
  startLine: 1,
  endLine: 1,
  side: "RIGHT",
  placement: "inline",
  message: "m",
  help: "h",
  fingerprint,
  where: "",
  evidence: [],
});
const comment = (fingerprint: string): ReviewComment => ({
  fingerprint,
  path: "a.py",
  line: 1,
  side: "RIGHT",
  body: `${commentMarker(fingerprint)}\nnew text of ${fingerprint}`,
});
const review = (present: string[], extra: Partial<Review> = {}): Review => ({
  baseSha: "b".repeat(40),
  headSha: "abc1234def".padEnd(40, "0"),
  conclusion: "neutral",
  findings: present.map(finding),
  dismissed: [],
  comments: present.map(comment),
  annotations: [],
  title: "",
  summary: "",
  notReviewed: [],
  ignored: [],
  ...extra,
});
const earlier = (id: number, fingerprint: string, extra: Partial<EarlierComment> = {}): EarlierComment => ({
  id,
  fingerprint,
  path: "a.py",
  body: `${commentMarker(fingerprint)}\nold text of ${id}`,
  state: "open",
  ...extra,
});

describe("reconcile", () => {
  test("a finding that already has a comment is not posted again", () => {
    const plan = reconcile(review([A, B]), [earlier(1, A)]);
    expect(plan.post.map((each) => each.fingerprint)).toEqual([B]);
    expect(plan.keep).toEqual([1]);
    expect(plan.edits).toEqual([]);
  });

  test("a comment whose finding is gone says so with the commit and keeps its text", () => {
    const [edit] = reconcile(review([]), [earlier(1, A)]).edits;
    expect(edit?.commentId).toBe(1);
    expect(edit?.body).toContain("Fixed in abc1234.");
    expect(edit?.body).toContain("old text of 1");
    expect(readMarker(edit?.body ?? "")).toEqual({ fingerprint: A, state: "fixed" });
  });

  test("a comment whose finding the code asks to ignore says so, once, and is not called fixed", () => {
    const by = { path: "a.py", line: 1, text: "# nosec B608", reason: "" };
    const ignoring = review([], { ignored: [{ ...finding(A), by }] });
    const [edit] = reconcile(ignoring, [earlier(1, A)]).edits;
    expect(edit?.body).toContain("**Ignored by a comment in the code:** `# nosec B608`");
    const again = earlier(1, A, { state: "dismissed", body: edit!.body });
    expect(reconcile(ignoring, [again]).keep).toEqual([1]);
  });

  test("a fixed comment stays as it is while the defect stays away", () => {
    const plan = reconcile(review([]), [earlier(1, A, { state: "fixed" })]);
    expect(plan).toEqual({ post: [], edits: [], keep: [1] });
  });

  test("a defect that comes back reopens its comment with the new text and is not posted", () => {
    const plan = reconcile(review([A]), [earlier(1, A, { state: "fixed" })]);
    expect(plan.post).toEqual([]);
    expect(plan.edits[0]?.body).toContain("Back in abc1234");
    expect(plan.edits[0]?.body).toContain(`new text of ${A}`);
    expect(readMarker(plan.edits[0]?.body ?? "")).toEqual({ fingerprint: A, state: "open" });
  });

  test("a defect that comes back in the summary only gives its comment the earlier text", () => {
    const [fixed] = reconcile(review([]), [earlier(1, A)]).edits;
    const plan = reconcile(review([A], { comments: [] }), [
      earlier(1, A, { state: "fixed", body: fixed!.body }),
    ]);
    expect(plan.edits[0]?.body).toMatch(/old text of 1$/);
    expect(plan.edits[0]?.body).not.toContain("Fixed in");
  });

  test("a finding that moved to the summary is not called fixed", () => {
    expect(reconcile(review([A], { comments: [] }), [earlier(1, A)]).keep).toEqual([1]);
  });

  test("of two equal defects one is fixed and the other stays", () => {
    const plan = reconcile(review([A]), [earlier(1, A), earlier(2, A)]);
    expect(plan.keep).toEqual([1]);
    expect(plan.edits.map((edit) => edit.commentId)).toEqual([2]);
    expect(plan.post).toEqual([]);
  });

  test("of two equal defects in two files, the one that is gone is called fixed, whichever was posted first", () => {
    const there = { ...finding(A), path: "b.py" };
    const plan = reconcile(review([], { findings: [there] }), [
      earlier(1, A),
      earlier(2, A, { path: "b.py" }),
    ]);
    expect(plan.keep).toEqual([2]);
    expect(plan.edits.map((edit) => edit.commentId)).toEqual([1]);
  });

  test("of two equal defects in one file, the one whose line is left stays", () => {
    const there = { ...finding(A), startLine: 9, endLine: 9 };
    const plan = reconcile(review([], { findings: [there] }), [
      earlier(1, A, { line: 1 }),
      earlier(2, A, { line: 9 }),
    ]);
    expect(plan.keep).toEqual([2]);
  });

  test("a defect whose file was renamed keeps its comment", () => {
    const there = { ...finding(A), path: "moved.py" };
    expect(reconcile(review([], { findings: [there] }), [earlier(1, A)])).toEqual({
      post: [],
      edits: [],
      keep: [1],
    });
  });

  test("a copy of a known defect is posted once more", () => {
    const plan = reconcile(review([A, A]), [earlier(1, A)]);
    expect(plan.post.map((each) => each.fingerprint)).toEqual([A]);
  });

  test("an open comment is kept before a fixed one with the same fingerprint is reopened", () => {
    const plan = reconcile(review([A]), [earlier(1, A, { state: "fixed" }), earlier(2, A)]);
    expect(plan.edits).toEqual([]);
    expect(plan.keep).toEqual([2, 1]);
  });

  test("nothing is called fixed in a file that was not reviewed", () => {
    const plan = reconcile(review([], { notReviewed: [{ path: "a.py", reason: "is not UTF-8" }] }), [
      earlier(1, A),
      earlier(2, B, { path: "b.py" }),
    ]);
    expect(plan.keep).toEqual([1]);
    expect(plan.edits.map((edit) => edit.commentId)).toEqual([2]);
  });

  test("nothing at all is called fixed when the review as a whole is incomplete", () => {
    expect(
      reconcile(review([], { notReviewed: [{ path: "", reason: "ran out of time" }] }), [earlier(1, A)]).keep,
    ).toEqual([1]);
  });

  describe("with what people have set aside", () => {
    const dismissal = { fingerprint: A, by: "maria", reason: "a fixture" };
    const aside = (extra: Partial<Review> = {}) =>
      review([], { dismissed: [{ finding: finding(A), dismissal }], ...extra });

    test("the comment says who dismissed it and why, how to take it back, and keeps its text", () => {
      const [edit] = reconcile(aside(), [earlier(1, A)]).edits;
      expect(edit?.state).toBe("dismissed");
      expect(edit?.body).toMatch(/Dismissed by `maria`:\*\* a fixture\n\n.*`\/hognose restore aaaaaaaa`/);
      expect(edit?.body).toContain("old text of 1");
      expect(readMarker(edit?.body ?? "")).toEqual({ fingerprint: A, state: "dismissed" });
    });

    test("nothing is edited twice, and nothing is posted", () => {
      const [edit] = reconcile(aside(), [earlier(1, A)]).edits;
      const again = reconcile(aside(), [earlier(1, A, { state: "dismissed", body: edit!.body })]);
      expect(again).toEqual({ post: [], edits: [], keep: [1] });
    });

    test("a restored finding has its text again, and is not called back", () => {
      const [edit] = reconcile(aside(), [earlier(1, A)]).edits;
      const [back] = reconcile(review([A]), [earlier(1, A, { state: "dismissed", body: edit!.body })]).edits;
      expect(back?.state).toBe("open");
      expect(back?.body).toBe(`${commentMarker(A)}\nnew text of ${A}`);
    });

    test("a dismissed defect that is gone is fixed, and what it said is not packed twice", () => {
      const [edit] = reconcile(aside(), [earlier(1, A)]).edits;
      const [fixed] = reconcile(review([]), [earlier(1, A, { state: "dismissed", body: edit!.body })]).edits;
      expect(fixed?.state).toBe("fixed");
      expect(fixed?.body.match(/<details>/g)).toHaveLength(1);
    });
  });
});
