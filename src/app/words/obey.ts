// What each command does, once it is known that whoever gave it may.
import { assertNever } from "../../base/assert.js";
import { code } from "../../base/markdown.js";
import type { Conversation } from "../../github/conversation.js";
import { ownFinding } from "../../github/own-comments.js";
import { type PullRequest, readMergeBase } from "../../github/pull-request.js";
import { findingId } from "../../review/dismissal.js";
import { shownConfiguration } from "../../review/render/configuration.js";
import { renderExplanation } from "../../review/render/explanation.js";
import { RULES } from "../../rules/registry.js";
import type { JobContext } from "../context.js";
import { type CommandJob, requestedReview, toNewJob } from "../jobs/job.js";
import { configurationAt } from "../reviewing/base-configuration.js";
import type { RememberedReview } from "../reviewing/remembered.js";
import { HELP, unknownCommand } from "./answers.js";

/** How a command ended; `text` is answered, as Markdown. */
export interface Obeyed {
  readonly isDone: boolean;
  readonly text?: string;
}

export interface Order {
  readonly context: JobContext;
  readonly at: Conversation;
  readonly job: CommandJob;
  readonly pull: PullRequest;
  /** Whether who gave it may dismiss on this pull request. */
  readonly mayDismiss: boolean;
}

const DONE: Obeyed = { isDone: true };
const DAY = 24 * 3_600_000;

/** Repeating it changes nothing. @throws RequestError, StoreUnavailable */
export async function obey(order: Order): Promise<Obeyed> {
  const { context, job } = order;
  const { command, repository, pull, author } = job;
  switch (command.name) {
    case "review":
      return reviewAgain(order);
    case "full-review":
      return reviewAgain(order, { afresh: true });
    case "pause":
      await context.pauses.set(repository, pull, true, author, job);
      return DONE;
    case "resume":
      await context.pauses.set(repository, pull, false, author, job);
      await context.queue.enqueue(toNewJob(requestedReview(job, pull)));
      return DONE;
    case "explain":
      return explain(order, command.id);
    case "dismiss":
      return dismiss(order, command);
    case "restore":
      return restore(order, command.id);
    case "config":
      return showConfiguration(order);
    case "help":
      return { isDone: true, text: HELP };
    case "unknown":
      return { isDone: false, text: unknownCommand(command.word) };
    default:
      return assertNever(command);
  }
}

async function reviewAgain(
  { context, job }: Order,
  options: { readonly afresh?: true } = {},
): Promise<Obeyed> {
  await context.runs.forget(job.repository, job.pull);
  await context.queue.enqueue(toNewJob(requestedReview(job, job.pull, options)));
  return DONE;
}

async function explain(order: Order, id: string | undefined): Promise<Obeyed> {
  const named = await findingNamed(order, id);
  if ("isDone" in named) return named;
  const text = renderExplanation(named.review, RULES, named.fingerprint);
  if (text === undefined) return { isDone: false, text: "The rule of this finding is no longer there." };
  // No line of it is longer than the fence, because messages are one line each and never begin with one.
  return { isDone: true, text: `\`\`\`\`\`\`text\n${text}\`\`\`\`\`\`` };
}

interface WantedDismissal {
  readonly id?: string | undefined;
  readonly reason: string;
  readonly days?: number | undefined;
}

async function dismiss(order: Order, { id, reason, days }: WantedDismissal): Promise<Obeyed> {
  const { context, job } = order;
  if (!order.mayDismiss) {
    return { isDone: false, text: "Here the author of a pull request does not dismiss its findings." };
  }
  const named = await findingNamed(order, id);
  if ("isDone" in named) return named;
  if (reason === "") {
    const usage = code(`/hognose dismiss ${findingId(named)} REASON`);
    return { isDone: false, text: `Say why, so that others can follow: ${usage}.` };
  }
  const { fingerprint } = named;
  const until = days === undefined ? {} : { until: job.at + days * DAY };
  await context.dismissals.dismiss(job, { fingerprint, by: job.author, reason, ...until }, job);
  await context.queue.enqueue(toNewJob(requestedReview(job, job.pull)));
  return DONE;
}

async function restore(order: Order, id: string | undefined): Promise<Obeyed> {
  const { context, job } = order;
  const named = await findingNamed(order, id);
  if ("isDone" in named) return named;
  await context.dismissals.restore(job, named.fingerprint, job.author, job);
  await context.queue.enqueue(toNewJob(requestedReview(job, job.pull)));
  return DONE;
}

interface Named {
  readonly fingerprint: string;
  readonly review: RememberedReview;
}

/** The finding that a command is about, or why there is none. */
async function findingNamed(
  { context, at, job }: Order,
  written: string | undefined,
): Promise<Named | Obeyed> {
  const review = await context.lastReviews.of(job.repository, job.pull);
  if (review === undefined) {
    return { isDone: false, text: "This pull request has no review yet: `/hognose review` makes one." };
  }
  const inThread = job.place.kind === "thread" ? await ownFinding(at, job.place.begin) : undefined;
  const id = written ?? inThread;
  if (id === undefined) return { isDone: false, text: `Say which finding. ${listed(review)}` };
  const known = new Set(review.findings.map(({ fingerprint }) => fingerprint));
  const [fingerprint, ...others] = [...known].filter((each) => each.startsWith(id));
  if (fingerprint === undefined || others.length > 0) {
    const what = others.length > 0 ? "Several findings are" : "No finding of the last review is";
    return { isDone: false, text: `${what} called ${code(id)}. ${listed(review)}` };
  }
  return { fingerprint, review };
}

const MOST_LISTED = 20;

function listed({ findings }: RememberedReview): string {
  if (findings.length === 0) return "The last review has none.";
  const list = findings
    .slice(0, MOST_LISTED)
    .map((finding) => `- ${code(findingId(finding))} ${finding.rule} in ${code(finding.path)}`);
  return ["There are:", "", ...list].join("\n");
}

async function showConfiguration({ at, pull }: Order): Promise<Obeyed> {
  const configured = await configurationAt(at, await readMergeBase(at.octokit, at.name, pull));
  const problems = configured.problems.map(
    ({ path, line, what }) => `- ${code(`${path}:${line}`)} ${code(what)}`,
  );
  const lines = ["```````yaml", shownConfiguration(configured).trimEnd(), "```````"];
  const wrong = problems.length === 0 ? [] : ["", "Not followed:", "", ...problems];
  return { isDone: true, text: [...lines, ...wrong].join("\n") };
}
