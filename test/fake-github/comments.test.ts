import { describe, expect } from "vitest";
import { refusal } from "./octokit.js";
import { onPull, test, where } from "./scene.js";

const onIssue = { ...where, issue_number: 1 } as const;
const wholeFile = { path: "a.py", subject_type: "file" } as const;

describe("comments on the diff", () => {
  test("can be about a whole file, also one without a patch", async ({ pull, kit }) => {
    const { data } = await kit.rest.pulls.createReviewComment({
      ...onPull,
      commit_id: pull.headSha,
      body: "All of it.",
      ...wholeFile,
    } as never);
    expect(data).toMatchObject({ subject_type: "file", line: null, user: { login: "hognose[bot]" } });
    expect(pull.conversation().threads).toMatchObject([{ path: "a.py", wholeFile: true }]);
  });

  test("are a review each, with an empty body", async ({ pull, kit }) => {
    const place = { path: "a.py", line: 5, side: "RIGHT" } as const;
    await kit.rest.pulls.createReviewComment({ ...onPull, commit_id: pull.headSha, body: "Here.", ...place });
    expect(pull.conversation().reviews).toMatchObject([{ body: "", state: "COMMENTED" }]);
  });

  test("are refused outside the diff, and the answer names the field", async ({ pull, kit }) => {
    const place = { path: "a.py", line: 20, side: "RIGHT" } as const;
    const comment = kit.rest.pulls.createReviewComment({
      ...onPull,
      commit_id: pull.headSha,
      body: "Here.",
      ...place,
    });
    const { status, message } = await refusal(comment);
    expect(status).toBe(422);
    expect(message).toContain("pull_request_review_thread.line");
  });

  test("can be answered in their thread, by the app in two ways and by people", async ({ pull, kit }) => {
    const id = pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    await kit.rest.pulls.createReplyForReviewComment({ ...onPull, comment_id: id, body: "Because." });
    await kit.rest.pulls.createReviewComment({
      ...onPull,
      in_reply_to: id,
      body: "Really.",
      commit_id: pull.headSha,
      path: "a.py",
    });
    pull.reply("ann", id, "I see.");
    const [thread, ...others] = pull.conversation().threads;
    expect(others).toEqual([]);
    expect(thread!.comments.map(({ user, body }) => [user, body])).toEqual([
      ["ann", "Why?"],
      ["hognose[bot]", "Because."],
      ["hognose[bot]", "Really."],
      ["ann", "I see."],
    ]);
    const { data } = await kit.rest.pulls.listReviewComments(onPull);
    expect(data.map((comment) => comment.in_reply_to_id)).toEqual([undefined, id, id, id]);
    const replyToReply = kit.rest.pulls.createReplyForReviewComment({
      ...onPull,
      comment_id: data[1]!.id,
      body: "?",
    });
    expect(await refusal(replyToReply)).toMatchObject({ status: 404 });
  });

  test("can be edited and deleted by the app when they are its own, and replies stay", async ({
    pull,
    kit,
  }) => {
    const { data } = await kit.rest.pulls.createReviewComment({
      ...onPull,
      commit_id: pull.headSha,
      body: "One.",
      ...wholeFile,
    } as never);
    pull.reply("ann", data.id, "Answer.");
    await kit.rest.pulls.updateReviewComment({ ...where, comment_id: data.id, body: "Two." });
    expect((await kit.rest.pulls.getReviewComment({ ...where, comment_id: data.id })).data.body).toBe("Two.");
    await kit.rest.pulls.deleteReviewComment({ ...where, comment_id: data.id });
    expect(pull.conversation().threads).toMatchObject([{ comments: [{ user: "ann", body: "Answer." }] }]);
    expect(await refusal(kit.rest.pulls.getReviewComment({ ...where, comment_id: data.id }))).toMatchObject({
      status: 404,
    });
  });

  test("of people cannot be changed by the app", async ({ pull, kit }) => {
    const id = pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    const edit = kit.rest.pulls.updateReviewComment({ ...where, comment_id: id, body: "Mine." });
    expect(await refusal(edit)).toMatchObject({ status: 403 });
    expect(await refusal(kit.rest.pulls.deleteReviewComment({ ...where, comment_id: id }))).toMatchObject({
      status: 403,
    });
    expect(pull.conversation().threads).toMatchObject([{ comments: [{ body: "Why?" }] }]);
  });
});

describe("comments of the conversation", () => {
  test("are written, changed, listed and deleted", async ({ pull, kit }) => {
    pull.comment("ann", "/hognose review");
    const { data } = await kit.rest.issues.createComment({ ...onIssue, body: "On it." });
    await kit.rest.issues.updateComment({ ...where, comment_id: data.id, body: "Done." });
    const { data: listed } = await kit.rest.issues.listComments(onIssue);
    expect(listed.map(({ user, body }) => [user?.login, body])).toEqual([
      ["ann", "/hognose review"],
      ["hognose[bot]", "Done."],
    ]);
    await kit.rest.issues.deleteComment({ ...where, comment_id: data.id });
    expect(pull.conversation().comments.map(({ body }) => body)).toEqual(["/hognose review"]);
  });

  test("have at most 65,536 characters", async ({ pull, kit }) => {
    const comment = kit.rest.issues.createComment({ ...onIssue, body: "x".repeat(65_537) });
    expect(await refusal(comment)).toMatchObject({ status: 422 });
    expect(pull.conversation().comments).toEqual([]);
  });

  test("of people cannot be changed by the app", async ({ pull, kit }) => {
    const { id } = pull.comment("ann", "Hello.");
    const edit = kit.rest.issues.updateComment({ ...where, comment_id: id, body: "Mine." });
    expect(await refusal(edit)).toMatchObject({ status: 403 });
  });

  test("are listed since a time", async ({ fake, pull, kit }) => {
    pull.comment("ann", "Early.");
    fake.advanceClock(60_000);
    const since = fake.world.now().toISOString();
    pull.comment("ann", "Late.");
    const { data } = await kit.rest.issues.listComments({ ...onIssue, since });
    expect(data.map(({ body }) => body)).toEqual(["Late."]);
  });
});

describe("reactions", () => {
  test("are given once of each kind to comments of the conversation, and taken back", async ({
    pull,
    kit,
  }) => {
    const { id } = pull.comment("ann", "/hognose review");
    const eyes = { ...where, comment_id: id, content: "eyes" } as const;
    const first = await kit.rest.reactions.createForIssueComment(eyes);
    const second = await kit.rest.reactions.createForIssueComment(eyes);
    expect([first.status, second.status]).toEqual([201, 200]);
    await kit.rest.reactions.createForIssueComment({ ...eyes, content: "+1" });
    expect(pull.conversation().comments[0]!.reactions).toEqual([
      "eyes by hognose[bot]",
      "+1 by hognose[bot]",
    ]);
    await kit.rest.reactions.deleteForIssueComment({ ...where, comment_id: id, reaction_id: first.data.id });
    const { data } = await kit.rest.reactions.listForIssueComment({ ...where, comment_id: id });
    expect(data.map(({ content }) => content)).toEqual(["+1"]);
    const listed = await kit.rest.issues.getComment({ ...where, comment_id: id });
    expect(listed.data.reactions).toMatchObject({ total_count: 1, "+1": 1, eyes: 0 });
  });

  test("are given to comments on the diff", async ({ pull, kit }) => {
    const id = pull.commentOnDiff("ann", "Why?", { path: "a.py", line: 5 });
    const { data } = await kit.rest.reactions.createForPullRequestReviewComment({
      ...where,
      comment_id: id,
      content: "confused",
    });
    expect(pull.conversation().threads[0]!.comments[0]!.reactions).toEqual(["confused by hognose[bot]"]);
    await kit.rest.reactions.deleteForPullRequestComment({ ...where, comment_id: id, reaction_id: data.id });
    expect(
      (await kit.rest.reactions.listForPullRequestReviewComment({ ...where, comment_id: id })).data,
    ).toEqual([]);
  });

  test("of other kinds do not exist", async ({ fake, pull, kit }) => {
    const { id } = pull.comment("ann", "Hello.");
    const reaction = kit.rest.reactions.createForIssueComment({
      ...where,
      comment_id: id,
      content: "shrug" as never,
    });
    expect(await refusal(reaction)).toMatchObject({ status: 422 });
    expect(fake.takeViolations()).toMatchObject([{ kind: "request" }]);
  });
});
