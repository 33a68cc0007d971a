// Files and folders made under a fixed name in a folder that all users of the machine share.
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName } from "../calls/callees.js";
import { statementsOf } from "../handlers/handlers.js";
import { namedValue } from "../names/named.js";
import { constantIn } from "../values/value.js";
import type { World } from "../world.js";

export interface SharedPath {
  readonly call: Call;
  /** "/tmp/export.csv", as far as it is fixed. */
  readonly path: string;
}

const SHARED = /^(\/var)?\/tmp\/.|^\/dev\/shm\/./;
/** What nobody can know before. */
const UNKNOWN_PART = /uuid|random|token|mkd?s?temp|secret|urandom|gettempdir|getuser/i;

/** The calls of `body` that write to, or make and go on with, such a path. */
export function sharedPathsIn(world: World, body: Body): readonly SharedPath[] {
  if (!/\/tmp|\/dev\/shm/.test(body.module.syntax.text)) return [];
  const nodes = nodesIn(statementsOf(body));
  return nodes.flatMap((node) => {
    const place = node.kind === "call" ? placeMade(node, body, nodes) : undefined;
    if (node.kind !== "call" || !place || UNKNOWN_PART.test(sourceIn(body, place))) return [];
    const path = beginningOf(place, { world, body, nodes }, 0);
    return path !== undefined && SHARED.test(path) ? [{ call: node, path }] : [];
  });
}

function sourceIn({ module }: Body, { start, end }: SyntaxNode): string {
  return module.syntax.text.slice(start, end);
}

/** The path that is written to, or made where it matters not whether somebody else made it before. */
function placeMade(call: Call, body: Body, nodes: readonly SyntaxNode[]): Expression | undefined {
  const name = calledName(call);
  const [first, second] = call.arguments;
  if (!first) return undefined;
  switch (name) {
    case "open": {
      if (call.callee.kind !== "name" && sourceIn(body, call.callee) !== "io.open") return undefined;
      const mode = call.arguments.find((each) => each.name?.id === "mode") ?? second;
      const written = mode?.value.kind === "string" ? mode.value.value : "";
      return /^[wa]|\+/.test(written) ? first.value : undefined;
    }
    case "mkdir":
    case "makedirs":
      return takesWhatIsThere(call, body, nodes) ? first.value : undefined;
    case "copy":
    case "copyfile":
    case "copy2":
      return /^shutil\./.test(sourceIn(body, call.callee)) ? second?.value : undefined;
    default:
      return undefined;
  }
}

/** Behind a look whether it is there, inside a `try`, or with `exist_ok`: what somebody else put there is taken. */
function takesWhatIsThere(call: Call, body: Body, nodes: readonly SyntaxNode[]): boolean {
  if (call.arguments.some(({ name }) => name?.id === "exist_ok")) return true;
  return nodes.some((node) => {
    if (node.start > call.start || node.end < call.end) return false;
    if (node.kind === "try") return node.handlers.length > 0;
    return node.kind === "if" && /\b(exists|isdir)\(/.test(sourceIn(body, node.test));
  });
}

interface Around {
  readonly world: World;
  readonly body: Body;
  readonly nodes: readonly SyntaxNode[];
}

const DEEPEST = 4;

/** The text with which the path begins, whatever follows; undefined where that is not constant. */
function beginningOf(path: Expression, around: Around, depth: number): string | undefined {
  if (depth > DEEPEST) return undefined;
  switch (path.kind) {
    case "string":
      return path.value;
    case "formatted": {
      const [first] = path.parts;
      return first?.kind === "string" ? first.value : undefined;
    }
    case "binary":
      return path.operator === "+" || path.operator === "%" || path.operator === "/"
        ? beginningOf(path.left, around, depth + 1)
        : undefined;
    case "call": {
      const [first, ...rest] = path.arguments;
      if (calledName(path) === "format" && path.callee.kind === "attribute")
        return beginningOf(path.callee.object, around, depth + 1);
      if (!first || !/^(join|Path|abspath|normpath)$/.test(calledName(path))) return undefined;
      const folder = beginningOf(first.value, around, depth + 1);
      return folder !== undefined && rest.length > 0 ? `${folder.replace(/\/$/, "")}/…` : folder;
    }
    case "name":
    case "attribute":
      return named(path, around, depth);
    default:
      return undefined;
  }
}

function named(path: Expression, around: Around, depth: number): string | undefined {
  const { world, body, nodes } = around;
  const name = sourceIn(body, path);
  const made = nodes.flatMap((node) =>
    node.kind === "assign" && node.targets.some((target) => sourceIn(body, target) === name) ? [node] : [],
  );
  const [only, ...others] = made;
  if (only) return others.length === 0 && only.value ? beginningOf(only.value, around, depth + 1) : undefined;
  const constant = constantIn(namedValue(world, body, path));
  return typeof constant === "string" ? constant : undefined;
}
