// The shape of the configuration as it is written.
import { z } from "zod";
import { FAMILIES, type Family } from "../rules/finding.js";
import { TOOLS } from "../rules/relatives.js";
import type { Configuration, IgnorePolicy, Treatment } from "./configuration.js";
import { symbolModel } from "./vocabulary.js";

const level = z.enum(["high", "medium", "low"]);
const action = z.enum(["block", "comment", "monitor"]);
const onOrOff = z.union([z.boolean(), z.enum(["on", "off"])]);
const globs = z.array(z.string().min(1));

const treatment = z.union(
  [
    onOrOff,
    z.strictObject({
      enabled: z.boolean().optional().describe("Whether it reports at all."),
      severity: level.optional().describe("The severity of its findings."),
      confidence: level.optional().describe("What is less sure than this is not reported."),
      gate: action
        .optional()
        .describe("Whether its findings fail the check, are comments, or are in the summary only."),
    }),
  ],
  { error: "must be on, off, or a mapping with enabled, severity, confidence, gate" },
);

/** @param ruleIds the rules that there are */
export function configurationSchema(ruleIds: readonly string[]) {
  return z.strictObject({
    extends: z
      .literal(".github")
      .optional()
      .describe(
        "What .hognose.yml of the organisation's repository .github says counts, too; this is stronger.",
      ),
    include: globs.optional().describe("Globs of the files to review; all when absent."),
    exclude: globs
      .optional()
      .describe("Globs of files that are not reviewed. They are still read to understand others."),
    "fail-on": z
      .enum(["high", "medium", "low", "none"])
      .optional()
      .describe("The lowest severity that fails the check."),
    gate: z
      .strictObject({
        advisory: z.boolean().optional().describe("Whether nothing fails the check."),
        incomplete: z
          .enum(["block", "comment"])
          .optional()
          .describe("Whether a review fails the check that could not look at all of the change."),
        severity: z
          .partialRecord(level, action)
          .optional()
          .describe("What findings do by severity; stronger than fail-on."),
        confidence: z
          .partialRecord(z.enum(["high", "medium"]), action)
          .optional()
          .describe("What findings do at most by confidence; low is always in the summary only."),
      })
      .optional(),
    commands: z
      .strictObject({
        role: z.enum(["write", "maintain", "admin"]).optional().describe("Who may give commands, at least."),
        "author-dismisses": z
          .boolean()
          .optional()
          .describe("Whether the author of a pull request may dismiss its findings."),
      })
      .optional(),
    confidence: level.optional().describe("Of all findings: what is less sure than this is not reported."),
    families: z
      .partialRecord(z.enum(FAMILIES), treatment)
      .optional()
      .describe("How the findings of a family are treated."),
    rules: z
      .partialRecord(z.enum(ruleIds), treatment)
      .optional()
      .describe("How the findings of a rule are treated; stronger than its family."),
    budgets: z
      .strictObject({
        comments: z.int().min(0).optional().describe("How many findings become comments, at most."),
      })
      .optional(),
    ignores: z
      .strictObject({
        added: z.boolean().optional().describe("Whether a comment counts that the pull request itself adds."),
        tools: z
          .union([z.literal(false), z.array(z.enum(TOOLS))], {
            error: `must be false, or a list of ${TOOLS.join(", ")}`,
          })
          .optional()
          .describe("Of which other tools comments count, for the rules that correspond to theirs."),
      })
      .optional()
      .describe("Comments in the code that ignore findings."),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe("A file of known findings, made by hognose scan --write-baseline. They are not reported."),
    "sensitive-names": z
      .array(z.string().regex(/^[\w.-]+$/, { error: "must be a name" }))
      .optional()
      .describe("Names of variables, attributes and keys whose values must not leak."),
    models: z
      .record(z.string(), symbolModel)
      .optional()
      .describe("What own code and unknown libraries do, by dotted name; stronger than built-in models."),
  });
}
export type Written = z.infer<ReturnType<typeof configurationSchema>>;

/** @param inherited what counts where nothing is written */
export function toConfiguration(written: Written, inherited: Configuration): Configuration {
  const { include, exclude, confidence, budgets, ignores, baseline, models, gate, commands } = written;
  const authorDismisses = commands?.["author-dismisses"];
  const failOn = written["fail-on"];
  return {
    ...inherited,
    ...(written.extends && { extendsShared: true }),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(failOn && { failOn }),
    gate: {
      ...inherited.gate,
      severity: { ...inherited.gate.severity, ...defined(gate?.severity) },
      confidence: { ...inherited.gate.confidence, ...defined(gate?.confidence) },
      ...(gate?.incomplete && { failsIncomplete: gate.incomplete === "block" }),
    },
    ...(gate?.advisory !== undefined && { advisory: gate.advisory }),
    commands: {
      ...inherited.commands,
      ...(commands?.role && { role: commands.role }),
      ...(authorDismisses !== undefined && { authorDismisses }),
    },
    ...(confidence && { confidence }),
    ...(written.families && {
      families: { ...inherited.families, ...treatments<Family>(written.families) },
    }),
    ...(written.rules && {
      rules: { ...inherited.rules, ...(treatments(written.rules) as Record<string, Treatment>) },
    }),
    ...(budgets?.comments !== undefined && { maxComments: budgets.comments }),
    ...(ignores && { ignores: ignorePolicy(ignores, inherited.ignores) }),
    ...(baseline && { baseline }),
    sensitiveNames: [...new Set([...inherited.sensitiveNames, ...(written["sensitive-names"] ?? [])])],
    ...(models && { models: { ...inherited.models, ...models } }),
  };
}

/** Without the keys that are there and hold nothing. */
function defined<Key extends string, Value>(
  written: Readonly<Partial<Record<Key, Value | undefined>>> | undefined,
): Partial<Record<Key, Value>> {
  const entries = Object.entries(written ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Record<Key, Value>>;
}

function ignorePolicy({ added, tools }: NonNullable<Written["ignores"]>, usual: IgnorePolicy): IgnorePolicy {
  return { added: added ?? usual.added, tools: tools === false ? [] : (tools ?? usual.tools) };
}

type WrittenTreatment = z.infer<typeof treatment>;

function treatments<Name extends string>(
  written: Readonly<Partial<Record<Name, WrittenTreatment>>>,
): Partial<Record<Name, Treatment>> {
  const entries = Object.entries(written) as [Name, WrittenTreatment][];
  return Object.fromEntries(entries.map(([name, each]) => [name, toTreatment(each)])) as Partial<
    Record<Name, Treatment>
  >;
}

function toTreatment(written: WrittenTreatment): Treatment {
  if (typeof written !== "object") return { enabled: written === true || written === "on" };
  const { enabled, severity, confidence, gate } = written;
  return {
    ...(enabled !== undefined && { enabled }),
    ...(severity && { severity }),
    ...(confidence && { confidence }),
    ...(gate && { gate }),
  };
}
