// The check run of a review: begun once, concluded once, whatever is repeated. GitHub appends annotations, so that a
// repeated conclusion goes on where the earlier one was cut off.
import { cutMarkdown, cutText } from "../review/render/cut.js";
import type { Annotation } from "../review/review.js";
import type { Conversation } from "./conversation.js";
import {
  MAX_ANNOTATION_BYTES,
  MAX_ANNOTATION_TITLE,
  MAX_ANNOTATIONS_PER_REQUEST,
  MAX_SUMMARY_BYTES,
  PAGE_SIZE,
} from "./limits.js";
import { type Octokit, ONCE } from "./octokit.js";
import { DEFAULT_WAITS, writeOnce } from "./write-once.js";

const CHECK_NAME = "Hognose";

/** What the buttons of a check run are called in the events that tell of them. */
export const BUTTONS = ["review", "accept-low"] as const;
export type Button = (typeof BUTTONS)[number];

/** Labels have 20 characters at most, descriptions 40. */
const BUTTON_TEXTS: Readonly<Record<Button, { readonly label: string; readonly description: string }>> = {
  review: { label: "Review again", description: "Reviews this pull request once more" },
  "accept-low": { label: "Accept the low ones", description: "Dismisses what is of low severity" },
};

export interface CheckRun {
  readonly id: number;
  /** For people. */
  readonly url: string;
  readonly isCompleted: boolean;
  /** How many annotations it has. */
  readonly annotations: number;
}

/** In place of a check run where GitHub does not let us make one: nothing is said in it. */
export const NO_CHECK: CheckRun = { id: 0, url: "", isCompleted: false, annotations: 0 };

export interface CheckResult {
  readonly conclusion: "success" | "neutral" | "failure" | "cancelled" | "action_required";
  /** One line of plain text. */
  readonly title: string;
  /** Markdown of any length: it is cut. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly buttons: readonly Button[];
}

/**
 * Starts the check run of `headSha`.
 * @param externalId names the review among those of the same head
 */
export async function beginCheckRun(
  at: Conversation,
  headSha: string,
  externalId: string,
): Promise<CheckRun> {
  const create = async () => {
    const { data } = await at.octokit.rest.checks.create({
      ...at.name,
      ...ONCE,
      name: CHECK_NAME,
      head_sha: headSha,
      external_id: externalId,
      status: "in_progress",
      started_at: new Date().toISOString(),
    });
    return toCheckRun(data);
  };
  const find = () => findOpenCheckRun(at, headSha, externalId);
  return writeOnce(create, find, at.waits ?? DEFAULT_WAITS);
}

/** Our check run of `headSha` with this id that has not been concluded. */
export async function findOpenCheckRun(
  at: Conversation,
  headSha: string,
  externalId: string,
): Promise<CheckRun | undefined> {
  const { data } = await at.octokit.rest.checks.listForRef({
    ...at.name,
    ref: headSha,
    check_name: CHECK_NAME,
    filter: "all",
    per_page: PAGE_SIZE,
  });
  const ours = data.check_runs.find(
    (run) =>
      run.external_id === externalId && `${run.app?.slug}[bot]` === at.botLogin && run.status !== "completed",
  );
  return ours === undefined ? undefined : toCheckRun(ours);
}

/**
 * Ends the check run. Safe to repeat with the same result.
 * @param check as it is now: annotations that it has are not sent again
 */
export async function concludeCheckRun(
  at: Conversation,
  check: CheckRun,
  result: CheckResult,
): Promise<void> {
  if (check.id === NO_CHECK.id) return;
  const all = result.annotations.map(toWire);
  const output = {
    title: cutText(result.title, MAX_ANNOTATION_TITLE),
    summary: cutMarkdown(result.summary, MAX_SUMMARY_BYTES),
  };
  const actions = result.buttons.map((identifier) => ({ identifier, ...BUTTON_TEXTS[identifier] }));
  let state = check;
  let isLast: boolean;
  do {
    const batch = all.slice(state.annotations, state.annotations + MAX_ANNOTATIONS_PER_REQUEST);
    const annotations = state.annotations + batch.length;
    isLast = annotations >= all.length;
    await update(at, state, {
      ...(isLast ? { status: "completed" as const, conclusion: result.conclusion, actions } : {}),
      output: { ...output, ...(batch.length > 0 ? { annotations: batch } : {}) },
    });
    state = { ...state, annotations, isCompleted: isLast };
  } while (!isLast);
}

/** @throws RequestError 404 when it is not there */
export async function readCheckRun(at: Conversation, id: number): Promise<CheckRun> {
  if (id === NO_CHECK.id) return NO_CHECK;
  const { data } = await at.octokit.rest.checks.get({ ...at.name, check_run_id: id });
  return toCheckRun(data);
}

type Update = Pick<
  NonNullable<Parameters<Octokit["rest"]["checks"]["update"]>[0]>,
  "status" | "conclusion" | "output" | "actions"
>;

/** One PATCH. After an unclear answer it is repeated only if the check run is still in the state `before`. */
async function update(at: Conversation, before: CheckRun, values: Update): Promise<void> {
  const write = async () => {
    await at.octokit.rest.checks.update({ ...at.name, ...ONCE, check_run_id: before.id, ...values });
    return true;
  };
  const find = async () => {
    const now = await readCheckRun(at, before.id);
    const isDone = now.annotations !== before.annotations || now.isCompleted !== before.isCompleted;
    return isDone || undefined;
  };
  await writeOnce(write, find, at.waits ?? DEFAULT_WAITS);
}

interface CheckRunRow {
  readonly id: number;
  readonly html_url: string | null;
  readonly status: string;
  readonly output: { readonly annotations_count: number };
}

function toCheckRun(row: CheckRunRow): CheckRun {
  return {
    id: row.id,
    url: row.html_url ?? "",
    isCompleted: row.status === "completed",
    annotations: row.output.annotations_count,
  };
}

function toWire(annotation: Annotation) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: cutText(annotation.title, MAX_ANNOTATION_TITLE),
    message: cutText(annotation.message, MAX_ANNOTATION_BYTES),
  };
}
