// Child processes with which a body can come to wait for each other: one side of a full pipe waits for the other to read.
import type { Call, Expression, SyntaxNode } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { Body } from "../body.js";
import { calledName } from "../calls/callees.js";
import { statementsOf } from "../handlers/handlers.js";

export interface PipeDeadlock {
  /** `wait`: waits for the end before reading; `write`: writes everything before reading; `other`: reads one of two. */
  readonly form: "wait" | "write" | "other";
  readonly started: Call;
  /** What does not come back. */
  readonly at: Call;
}

type Stream = "stdin" | "stdout" | "stderr";
const STREAMS: readonly Stream[] = ["stdin", "stdout", "stderr"];

export function pipeDeadlocksIn(body: Body): readonly PipeDeadlock[] {
  const nodes = nodesIn(statementsOf(body));
  return nodes.flatMap((node) => {
    if (node.kind !== "assign" || node.value?.kind !== "call" || calledName(node.value) !== "Popen")
      return [];
    const [target] = node.targets;
    const piped = pipedBy(node.value);
    if (target?.kind !== "name" || piped.size === 0) return [];
    const aliases = aliasesOf(nodes, target.id);
    const names = new Set([target.id, ...aliases.map(({ name }) => name)]);
    const after = nodes.filter(
      ({ start, end }) =>
        start >= node.end && !aliases.some(({ item }) => item.start <= start && end <= item.end),
    );
    const deadlock = deadlockOf(usesOf(after, names), piped);
    return deadlock ? [{ ...deadlock, started: node.value }] : [];
  });
}

function pipedBy({ arguments: given }: Call): ReadonlySet<Stream> {
  const isPipe = (value: Expression) =>
    (value.kind === "name" && value.id === "PIPE") ||
    (value.kind === "attribute" && value.name.id === "PIPE");
  return new Set(
    STREAMS.filter((stream) => given.some(({ name, value }) => name?.id === stream && isPipe(value))),
  );
}

/** `with controlled(process) as child` */
function aliasesOf(
  nodes: readonly SyntaxNode[],
  name: string,
): readonly { readonly item: SyntaxNode; readonly name: string }[] {
  return nodes.flatMap((node) => {
    if (node.kind !== "withItem" || node.target?.kind !== "name") return [];
    const { context } = node;
    const isIt = (value: Expression) => value.kind === "name" && value.id === name;
    const holds =
      isIt(context) || (context.kind === "call" && context.arguments.some(({ value }) => isIt(value)));
    return holds ? [{ item: node, name: node.target.id }] : [];
  });
}

/** One use of the process: a call on it or on one of its streams, or anything else that may read for it. */
interface Use {
  readonly stream: Stream | undefined;
  readonly method: string;
  readonly call: Call | undefined;
}

/** In source order; what is begun before counts before what it holds. */
function usesOf(nodes: readonly SyntaxNode[], names: ReadonlySet<string>): readonly Use[] {
  const told = new Set<SyntaxNode>();
  return nodes.flatMap((node): readonly Use[] => {
    if (node.kind === "call" && node.callee.kind === "attribute") {
      const { object, name } = node.callee;
      const stream = streamOf(object, names);
      if (stream !== undefined || isOne(object, names)) {
        told.add(node.callee).add(object);
        if (object.kind === "attribute") told.add(object.object);
        return [{ stream, method: name.id, call: node }];
      }
    }
    if (told.has(node)) return [];
    const stream = node.kind === "attribute" ? streamOf(node, names) : undefined;
    if (node.kind === "attribute" && isOne(node.object, names)) {
      told.add(node.object);
      return stream === undefined ? [] : [{ stream, method: "", call: undefined }];
    }
    return node.kind === "name" && names.has(node.id)
      ? [{ stream: undefined, method: "", call: undefined }]
      : [];
  });
}

function isOne(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return node.kind === "name" && names.has(node.id);
}

function streamOf(node: SyntaxNode, names: ReadonlySet<string>): Stream | undefined {
  if (node.kind !== "attribute" || !isOne(node.object, names)) return undefined;
  return STREAMS.find((stream) => stream === node.name.id);
}

function deadlockOf(
  uses: readonly Use[],
  piped: ReadonlySet<Stream>,
): Pick<PipeDeadlock, "form" | "at"> | undefined {
  for (const [index, { stream, method, call }] of uses.entries()) {
    const later = uses.slice(index + 1);
    const isRead = (of: Stream) => later.some((use) => use.stream === of);
    if (stream === undefined) {
      // It is handed to code that may read, or ends by itself.
      if (method !== "wait") {
        if (/^(poll|kill|terminate|send_signal)$/.test(method)) continue;
        return undefined;
      }
      const isEndless = call !== undefined && call.arguments.length === 0;
      const isPiped = piped.has("stdout") || piped.has("stderr");
      return isEndless && isPiped ? { form: "wait", at: call } : undefined;
    }
    if (stream === "stdin") {
      if (
        call &&
        /^(write|writelines)$/.test(method) &&
        !isShort(call) &&
        piped.has("stdout") &&
        isRead("stdout")
      )
        return { form: "write", at: call };
      continue;
    }
    const other = stream === "stdout" ? "stderr" : "stdout";
    if (call && method === "read" && call.arguments.length === 0 && piped.has(other) && isRead(other))
      return { form: "other", at: call };
    return undefined;
  }
  return undefined;
}

/** A constant fits into the pipe. */
function isShort({ arguments: [given] }: Call): boolean {
  return given === undefined || given.value.kind === "string" || given.value.kind === "constant";
}
