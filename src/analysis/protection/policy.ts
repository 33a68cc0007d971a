// Policy files (`"volume:delete": "rule:admin_required"`, YAML or JSON): a right that everybody has now.
import { isMap, isScalar, parseDocument } from "yaml";
import type { SourceTree } from "../../base/source.js";
import { lineStarts, type Range } from "../../base/span.js";
import type { ModuleSyntax } from "../../python/ast.js";
import { computeScopes } from "../../python/bind.js";
import type { ChangedPath, DefinitionChange } from "./change.js";
import type { Definition } from "./definition.js";
import { type Loss, lossOfDefinition } from "./loss.js";
import { GREAT, says } from "./words.js";

const POLICY_FILE = /(^|\/)(policy|policies)(\.d\/[^/]+|[^/]*)\.(ya?ml|json)$/i;

export function isPolicyFile(path: string): boolean {
  return POLICY_FILE.test(path);
}

/** The rights of the policy files among `paths` that ask for nobody, or no longer for the great. */
export function lostPolicies(
  base: SourceTree,
  head: SourceTree,
  paths: readonly ChangedPath[],
): readonly Loss[] {
  return paths.flatMap((path) => {
    const [before, now] = [rightsAt(base, path.base), rightsAt(head, path.head)];
    if (!before || !now) return [];
    const change: DefinitionChange = {
      base: before.definition,
      head: now.definition,
      kept: new Map(),
      rewritten: new Map(),
      removed: [],
      added: [],
    };
    return [...now.rights].flatMap(([name, right]): readonly Loss[] => {
      const was = before.rights.get(name);
      if (!was || isOpen(was.text)) return [];
      const asksLess = says(was.text, GREAT) && !says(right.text, GREAT);
      if (!isOpen(right.text) && !asksLess) return [];
      return [
        lossOfDefinition("weakened", {
          protection: "authorization",
          did: "says who may",
          change,
          guard: was.range,
          exposed: right.range,
          sure: isOpen(right.text) ? "medium" : "low",
        }),
      ];
    });
  });
}

/** An empty rule and "@" are for everybody. */
function isOpen(rule: string): boolean {
  return rule === "" || rule === "@";
}

interface Right {
  readonly text: string;
  /** The entry: name and rule. */
  readonly range: Range;
}

interface Rights {
  readonly definition: Definition;
  readonly rights: ReadonlyMap<string, Right>;
}

/** The entries of one policy file whose rule is a text; undefined when it cannot be read. */
function rightsAt(tree: SourceTree, path: string | undefined): Rights | undefined {
  const file = path === undefined ? undefined : tree.read(path);
  if (file?.kind !== "text") return undefined;
  const { contents, errors } = parseDocument(file.text, { prettyErrors: false });
  if (errors.length > 0 || !isMap(contents)) return undefined;
  const rights = new Map<string, Right>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || !isScalar(value) || !key.range || !value.range) continue;
    if (typeof key.value !== "string" || typeof value.value !== "string") continue;
    rights.set(key.value, { text: value.value, range: { start: key.range[0], end: value.range[1] } });
  }
  return { definition: asDefinition(file.path, file.text), rights };
}

/** A file without statements, so that findings can name places in it. */
function asDefinition(path: string, text: string): Definition {
  const syntax: ModuleSyntax = {
    path,
    text,
    body: [],
    comments: [],
    unparsed: [],
    lineStarts: lineStarts(text),
    dialect: "python3",
  };
  const module = {
    kind: "module",
    path,
    name: "",
    isPackage: false,
    syntax,
    scopes: computeScopes(syntax),
  } as const;
  return { module, name: "", node: undefined, decorators: [], bases: [], leaves: [], header: "", text: "" };
}
