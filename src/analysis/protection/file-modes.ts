// Files and folders that only their owner could open, and that are made with the mode of the process now.
import type { Call, Expression } from "../../python/ast.js";
import type { DefinitionChange } from "./change.js";
import { callsOf, type Leaf } from "./leaf.js";
import { type Loss, lossAt } from "./loss.js";
import { normalText } from "./normal-text.js";
import { lastNameOf, type Pool } from "./pool.js";

const MAKES = /^(\w*open|fdopen|mkdir|makedirs|mkfifo|write_text|write_bytes|touch|copy|copyfile|File\w*)$/i;
const SETS = /^(\w*chmod|umask|set_?(mode|permissions)|restrict\w*)$/i;
/** No right for others, and for the group none or to read: as an octal number, or spelled out. */
const RESTRICTED = /\b0o?[0-7]?[67400][04]0\b|\bS_I(RWX|RUSR|WUSR)U?\b/;
const UMASK = /\b0o?[01]?[0-7]?[2367]7\b/;
/** What makes files for the owner alone by itself. */
const PRIVATE =
  /^(mkstemp|NamedTemporaryFile|TemporaryFile|mkdtemp|TemporaryDirectory|SpooledTemporaryFile)$/;

interface Restriction {
  readonly leaf: Leaf;
  readonly call: Call;
  /** The path as normal text; undefined of a `umask`, which is about all of them. */
  readonly path: string | undefined;
}

/** A restricted mode of the base that the head does without, while the file or folder is still made. */
export function lostFileModes(change: DefinitionChange, pool: Pool): readonly Loss[] {
  const gone = [...change.removed, ...change.rewritten.keys()].flatMap(restrictionsIn);
  if (gone.length === 0) return [];
  const still = change.head.leaves.flatMap(restrictionsIn);
  const isPrivate = change.added.some((leaf) =>
    callsOf(leaf).some(({ callee }) => PRIVATE.test(lastNameOf(callee))),
  );
  if (still.length >= change.base.leaves.flatMap(restrictionsIn).length || isPrivate) return [];
  return gone.flatMap((restriction): readonly Loss[] => {
    const name = lastNameOf(restriction.call.callee);
    if (pool.takesOver([name, "chmod", "fchmod", "umask"], change)) return [];
    const made = makingOf(restriction, change);
    if (!made) return [];
    return [
      lossAt(made.isNew ? "weakened" : "removed", {
        protection: "file-mode",
        did: "keeps it to its owner",
        change,
        base: restriction.leaf,
        guard: restriction.call,
        head: made.leaf,
        exposed: made.call,
      }),
    ];
  });
}

function restrictionsIn(leaf: Leaf): readonly Restriction[] {
  return callsOf(leaf).flatMap((call): readonly Restriction[] => {
    const name = lastNameOf(call.callee);
    const isUmask = name === "umask";
    if (!MAKES.test(name) && !SETS.test(name)) return [];
    const wanted = isUmask ? UMASK : RESTRICTED;
    const restricts = call.arguments.some(
      ({ value }) => value.kind !== "call" && wanted.test(normalText(leaf.syntax, value)),
    );
    return restricts ? [{ leaf, call, path: isUmask ? undefined : pathOf(call, leaf) }] : [];
  });
}

/** The first argument, or the object of `path.chmod(0o600)`. */
function pathOf({ callee, arguments: list }: Call, leaf: Leaf): string | undefined {
  const isMethod =
    callee.kind === "attribute" &&
    !/^(os|io|shutil|codecs|builtins)$/.test(normalText(leaf.syntax, callee.object));
  const [first] = list;
  const isPath = ({ kind }: Expression) =>
    kind === "name" || kind === "attribute" || kind === "subscript" || kind === "call";
  if (first && isPath(first.value)) return normalText(leaf.syntax, first.value);
  return isMethod ? normalText(leaf.syntax, callee.object) : undefined;
}

interface Making {
  readonly leaf: Leaf;
  readonly call: Call;
  readonly isNew: boolean;
}

/** Where the head makes what `restriction` was about, without any mode. */
function makingOf({ path, leaf: guard }: Restriction, { head, added }: DefinitionChange): Making | undefined {
  for (const leaf of head.leaves) {
    for (const call of callsOf(leaf)) {
      if (!MAKES.test(lastNameOf(call.callee)) || !writes(call, leaf)) continue;
      const isSame = path === undefined ? leaf.index >= guard.index : pathOf(call, leaf) === path;
      if (isSame) return { leaf, call, isNew: added.includes(leaf) };
    }
  }
  return undefined;
}

/** `open(path)` reads. */
function writes({ callee, arguments: list }: Call, leaf: Leaf): boolean {
  if (!/open$/i.test(lastNameOf(callee))) return true;
  return list.some(({ value }) => /["'][wax]|O_CREAT|O_WRONLY|O_RDWR/.test(normalText(leaf.syntax, value)));
}
