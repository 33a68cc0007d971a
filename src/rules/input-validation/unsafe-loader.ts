// Loaders that build any object, where it is not known who wrote the data.
import type { Misuse } from "../../analysis/taint/misuse.js";
import type { Call } from "../../python/ast.js";
import type { RuleContext } from "../context.js";
import { callAt } from "../edits.js";
import type { Confidence } from "../finding.js";
import { safelyLoaded } from "../mending.js";
import { misuseRule } from "../misuse-rule.js";
import { textAt } from "../surroundings.js";

const calleeOf = ({ call }: Misuse, written: Call): string => textAt(call, written.callee);

function judge(misuse: Misuse, { arrivals }: RuleContext): Confidence | undefined {
  const written = callAt(misuse.call);
  // A setting that names the serializer of sessions.
  if (!written) return "medium";
  const callee = calleeOf(misuse, written);
  // What processes of one program send each other, and models that one has trained.
  if (/(^|\.)recv$/.test(callee)) return undefined;
  const data = written.arguments[0]?.value;
  if (data?.kind === "string" || data?.kind === "formatted") return undefined;
  const isFollowed = arrivals.some(
    ({ kind, call, taint }) =>
      kind === "deserialize" && call.node === misuse.call.node && taint.origin.kind === "source",
  );
  if (isFollowed) return undefined;
  return misuse.option?.keyword === "weights_only" || misuse.option?.keyword === "allow_pickle"
    ? "low"
    : "medium";
}

export const unsafeLoader = misuseRule({
  id: "unsafe-loader",
  family: "input-validation",
  cwe: "CWE-502",
  title: "Loader that builds any object",
  severity: "high",
  kinds: ["unsafe-deserializer"],
  message: (what) => `${what} builds any object that the data asks for.`,
  note: "chooses a loader that is not safe",
  help: "Load data only: `yaml.safe_load`, JSON, `weights_only=True`, `allow_pickle=False`.",
  judge,
  fix: ({ call }) => safelyLoaded(call),
  docs: {
    what: "YAML, saved models or arrays are read by a loader that creates any Python object.",
    why: "Such a file is a program: whoever writes it runs what they like when it is loaded. Nothing in the code says that all of its writers are trusted for that.",
    bad: `import yaml


def read_plan(stream):
    return yaml.load(stream)
`,
    good: `import yaml


def read_plan(stream):
    return yaml.safe_load(stream)
`,
    decides:
      "It looks at the loader with which PyYAML and ruamel.yaml are called, at `logging.config.listen` without `verify`, and at sessions that are pickled. `weights_only=False` and `allow_pickle=True` are mentioned in the summary.",
    silent:
      "Safe loaders, own ones included; constant text; data that is known to come from a client or a file, of which [unsafe-deserialization](unsafe-deserialization.md) speaks; tests and examples.",
    relatives: {
      bandit: ["B301", "B506", "B614"],
      ruff: ["S301", "S506"],
      codeql: ["py/unsafe-deserialization"],
      semgrep: ["avoid-pyyaml-load", "avoid-unsafe-ruamel", "avoid-pickle"],
    },
  },
});
