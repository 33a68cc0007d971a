// The command line as a function: arguments in, exit code out. Everything it touches is passed in.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { baselineText, NO_BASELINE } from "../config/baseline.js";
import type { Configuration, Configured } from "../config/configuration.js";
import { configurationIn } from "../config/read.js";
import { folderSnapshot, ScanError } from "../git/folder.js";
import { GitError } from "../git/git.js";
import { gitSnapshot } from "../git/snapshot.js";
import { type Policy, policyOf } from "../review/policy.js";
import { shownConfiguration } from "../review/render/configuration.js";
import { renderExplanation } from "../review/render/explanation.js";
import type { Review } from "../review/review.js";
import type { Snapshot } from "../review/snapshot.js";
import type { Rule } from "../rules/rule.js";
import type { Outcome } from "../store/outcomes.js";
import { StoreUnavailable } from "../store/sql.js";
import { existingFolder, folderConfiguration, problemLine, projectConfiguration } from "./configuration.js";
import { FORMATS, type Format, formatted } from "./format.js";
import { type ProgressLine, withProgress } from "./progress.js";
import { addStats, tellStats } from "./stats/command.js";
import { NoDatabase } from "./stats/stored.js";
import { packageVersion } from "./version.js";

/** 0: the gate passed; 1: it failed; 2: bad usage, or input that cannot be read. */
type ExitCode = 0 | 1 | 2;

/** What the commands run: the rules and the review itself. */
export interface Engine {
  readonly rules: readonly Rule[];
  /** @param keeps whether what is derived from files may be kept for the next time, and used from the last */
  review(snapshot: Snapshot, policy: Policy, keeps: boolean, configured: Configured): Review;
  /** What the app has stored of findings first said at `since` (milliseconds since 1970) or later. */
  outcomes(since: number): Promise<readonly Outcome[]>;
}

export interface Terminal {
  readonly cwd: string;
  readonly colour: boolean;
  out(text: string): void;
  error(text: string): void;
  /** Only where progress can be shown. */
  readonly progress?: ProgressLine;
}

interface OutputOptions {
  readonly format: Format;
  readonly output?: string;
  /** Otherwise what the configuration says. */
  readonly failOn?: Policy["failOn"];
  readonly cache: boolean;
}

interface ScanOptions extends OutputOptions {
  readonly writeBaseline?: string;
}

interface ReviewOptions extends OutputOptions {
  readonly explain?: string;
  readonly repo: string;
  readonly base: string;
  readonly head: string;
}

/**
 * Runs one command; one that has to wait gives a promise. Bad usage and unreadable input are one line on
 * `terminal.error` and exit code 2.
 * @param args without the program itself
 */
export function run(
  args: readonly string[],
  engine: Engine,
  terminal: Terminal,
): ExitCode | Promise<ExitCode> {
  let code = 0 as ExitCode | Promise<ExitCode>;
  const program = commands(terminal, (work) => {
    code = work(engine);
  });
  try {
    program.parse(args, { from: "user" });
    return code instanceof Promise ? code.catch((error: unknown) => badUsage(error, terminal)) : code;
  } catch (error) {
    return badUsage(error, terminal);
  }
}

/** What the user can mend is told. @throws `error` when it is anything else */
function badUsage(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!MENDABLE.some((kind) => error instanceof kind)) throw error;
  terminal.error(`hognose: ${(error as Error).message}\n`);
  return 2;
}

/** A file for the output that cannot be written. */
class OutputError extends Error {}

const MENDABLE = [GitError, ScanError, OutputError, NoDatabase, StoreUnavailable];

type Work = (engine: Engine) => ExitCode | Promise<ExitCode>;

function commands(terminal: Terminal, start: (work: Work) => void): Command {
  const program = new Command("hognose")
    .description("Reviews changes to Python code for the security defects they cause.")
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.error,
      outputError: (text, write) =>
        write(
          `hognose: ${
            text
              .replace(/^error: /, "")
              .trim()
              .split("\n")[0]
          }\n`,
        ),
    });
  withOutputOptions(program.command("review"))
    .description("review what a branch of a local git repository changes, from the merge base to its head")
    .option("--repo <dir>", "the repository, bare or not", ".")
    .requiredOption("--base <revision>", "the branch or commit to merge into")
    .option("--head <revision>", "the branch or commit to review", "HEAD")
    .option(
      "--explain <fingerprint>",
      "say how one finding was reached instead (its fingerprint or the beginning)",
    )
    .action((options: ReviewOptions) => start((engine) => reviewRevisions(options, engine, terminal)));
  withOutputOptions(program.command("scan"))
    .description("review files and folders as if all of their lines were new")
    .argument("<path...>", "Python files, or folders of them")
    .option("--write-baseline <file>", "write what is found to a file, as known; then the exit code is 0")
    .action((paths: string[], options: ScanOptions) =>
      start((engine) => scan(paths, options, engine, terminal)),
    );
  addStats(program, (options) =>
    start(async ({ outcomes }): Promise<ExitCode> => {
      const write = (file: string, text: string) => writeOutput(resolve(terminal.cwd, file), text);
      await tellStats(options, { now: Date.now, outcomes, out: terminal.out, write });
      return 0;
    }),
  );
  const config = program
    .command("config")
    .description("the configuration of a repository, as it is on the disk");
  for (const [name, description, work] of [
    ["check", "names everything in it that is not followed; then the exit code is 1", checkConfiguration],
    ["show", "prints what counts in the end", showConfiguration],
  ] as const) {
    config
      .command(name)
      .description(description)
      .option("--repo <dir>", "the top folder of the repository", ".")
      .action(({ repo }: { repo: string }) => start(() => work(repo, terminal)));
  }
  return program;
}

function checkConfiguration(repo: string, terminal: Terminal): ExitCode {
  const { problems } = configurationAt(repo, terminal);
  for (const problem of problems) terminal.out(`${problemLine(problem)}\n`);
  return problems.length > 0 ? 1 : 0;
}

function showConfiguration(repo: string, terminal: Terminal): ExitCode {
  const configured = configurationAt(repo, terminal);
  tellProblems(configured, terminal);
  terminal.out(shownConfiguration(configured));
  return 0;
}

/** @throws ScanError when there is no such folder */
function configurationAt(repo: string, terminal: Terminal): Configured {
  const folder = existingFolder(terminal.cwd, repo);
  if (folder === undefined) throw new ScanError(`${repo} is not a folder`);
  return folderConfiguration(folder);
}

function tellProblems({ path, problems, isPartial }: Configured, terminal: Terminal): void {
  if (isPartial)
    terminal.error(`hognose: ${path} extends .github of its organisation, which only the app reads\n`);
  for (const problem of problems) terminal.error(`hognose: ${problemLine(problem)}\n`);
}

function withOutputOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "of the output").choices(FORMATS).default("text"))
    .option("--output <file>", "write to a file instead of the standard output")
    .option("--no-cache", "neither use nor keep what was derived from files before")
    .addOption(
      new Option(
        "--fail-on <severity>",
        'the lowest severity that makes the exit code 1 (default: as configured, else "high")',
      ).choices(["high", "medium", "low", "none"]),
    );
}

function reviewRevisions(options: ReviewOptions, engine: Engine, terminal: Terminal): ExitCode {
  const { snapshot, notes } = gitSnapshot(resolve(terminal.cwd, options.repo), options.base, options.head);
  for (const note of notes) terminal.error(`hognose: ${note}\n`);
  return finish({ snapshot, configured: configurationIn(snapshot.base) }, options, engine, terminal);
}

/** A scan has no comments to limit, and of the comments in the code none is newer than the code. */
function scan(paths: readonly string[], options: ScanOptions, engine: Engine, terminal: Terminal): ExitCode {
  const snapshot = folderSnapshot(paths, terminal.cwd);
  const configured = projectConfiguration(resolve(terminal.cwd, paths[0]!));
  const { ignores } = configured.configuration;
  const configuration = {
    ...configured.configuration,
    maxComments: Number.POSITIVE_INFINITY,
    ignores: { ...ignores, added: true },
  };
  const { writeBaseline } = options;
  if (writeBaseline === undefined)
    return finish({ snapshot, configured: { ...configured, configuration } }, options, engine, terminal);
  const everything = { ...configured, configuration, baseline: NO_BASELINE };
  const review = made({ snapshot, configured: everything }, options, engine, terminal);
  writeOutput(resolve(terminal.cwd, writeBaseline), baselineText(review.findings));
  terminal.error(`hognose: ${review.findings.length} findings written to ${writeBaseline}\n`);
  return 0;
}

interface Subject {
  readonly snapshot: Snapshot;
  readonly configured: Configured;
}

function finish(
  { snapshot, configured }: Subject,
  options: OutputOptions & { readonly explain?: string },
  engine: Engine,
  terminal: Terminal,
): ExitCode {
  const review = made({ snapshot, configured }, options, engine, terminal);
  if (options.explain !== undefined) return explain(review, options.explain, engine, terminal);
  const colour = terminal.colour && options.output === undefined;
  const text = formatted(review, { format: options.format, colour, rules: engine.rules });
  if (options.output === undefined) terminal.out(text);
  else writeOutput(resolve(terminal.cwd, options.output), text);
  return review.conclusion === "failure" ? 1 : 0;
}

/** The review, with the problems of its configuration and its progress told on the error output. */
function made(
  { snapshot, configured }: Subject,
  options: OutputOptions,
  engine: Engine,
  terminal: Terminal,
): Review {
  tellProblems(configured, terminal);
  const policy = policyFor(configured.configuration, options.failOn);
  const watched = terminal.progress
    ? withProgress(snapshot, terminal.progress)
    : { snapshot, clear: () => {} };
  const review = engine.review(watched.snapshot, policy, options.cache, configured);
  watched.clear();
  return review;
}

/** What the command line says of severities is stronger than the file. */
function policyFor(configuration: Configuration, failOn: Policy["failOn"] | undefined): Policy {
  if (failOn === undefined) return policyOf(configuration);
  return policyOf({
    ...configuration,
    failOn,
    gate: { ...configuration.gate, severity: {} },
    advisory: false,
  });
}

function explain(review: Review, fingerprint: string, engine: Engine, terminal: Terminal): ExitCode {
  const text = renderExplanation(review, engine.rules, fingerprint);
  if (text === undefined) {
    terminal.error(`hognose: no finding has the fingerprint ${fingerprint}\n`);
    return 2;
  }
  terminal.out(text);
  return 0;
}

function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new OutputError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
