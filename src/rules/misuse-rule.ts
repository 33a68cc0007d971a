// Rules about calls and assignments that are wrong whatever data they are given. The proof is the option that is written.
import type { Misuse } from "../analysis/taint/misuse.js";
import { settingMisuses } from "../analysis/taint/settings.js";
import { spanOf, textOf } from "../analysis/values/place.js";
import { code } from "../base/markdown.js";
import type { MisuseKind } from "../models/kinds.js";
import { runsBesideProduct } from "./beside-product.js";
import type { RuleContext } from "./context.js";
import { callAt } from "./edits.js";
import type { Confidence, Edit, Finding, Severity } from "./finding.js";
import type { Rule } from "./rule.js";

export interface MisuseRule extends Omit<Rule, "check"> {
  readonly kinds: readonly MisuseKind[];
  readonly severity: Severity;
  /** What is wrong; `what` is the option (`verify=False`) or, where none is written, the call, in Markdown. */
  message(what: string): string;
  /** What the last step says of it. */
  readonly note: string;
  readonly help: string;
  /** How sure it is that it does harm here; undefined when it is no defect. */
  judge(misuse: Misuse, context: RuleContext): Confidence | undefined;
  fix?(misuse: Misuse): Edit | undefined;
}

/** A rule that reports the misuses of `kinds` in code of the product. */
export function misuseRule({ kinds, severity, message, note, help, judge, fix, ...rule }: MisuseRule): Rule {
  const wanted = new Set(kinds);
  const finding = (misuse: Misuse, confidence: Confidence): Finding => {
    const place = misuse.option?.value ?? misuse.call;
    const what = optionText(misuse) ?? textOf(misuse.call, 60);
    const edit = fix?.(misuse);
    return {
      ruleId: rule.id,
      message: message(code(what)),
      help,
      where: misuse.body.name,
      severity,
      confidence,
      evidence: [{ role: "sink", span: spanOf(place), side: "head", note: `${code(what)} ${note}` }],
      identity: [calleeText(misuse), what],
      ...(edit ? { fix: edit } : {}),
    };
  };
  const check = (context: RuleContext): readonly Finding[] =>
    misusesIn(context)
      .filter(({ kind, body }) => wanted.has(kind) && !runsBesideProduct(body.module))
      .flatMap((misuse) => {
        const confidence = judge(misuse, context);
        return confidence ? finding(misuse, confidence) : [];
      });
  return { ...rule, check };
}

/** The misuses of all roots; a call that is wrong in two ways of one kind counts once. */
function misusesIn({ world, roots }: RuleContext): readonly Misuse[] {
  const { settings } = world.catalogue;
  return roots.flatMap((root) => [...world.interpretation(root).misuses, ...settingMisuses(root, settings)]);
}

/** `verify=False` */
function optionText({ option }: Misuse): string | undefined {
  if (!option) return undefined;
  const value = textOf(option.value, 40);
  return option.keyword === undefined ? value : `${option.keyword}=${value}`;
}

function calleeText({ call }: Misuse): string {
  const written = callAt(call);
  return textOf(written ? { syntax: call.syntax, node: written.callee } : call, 80);
}
