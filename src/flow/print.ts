// A CFG as text, for tests and for people: a paragraph a block, an instruction a line.
//
//     b1 (raises to b3)
//       v2 = read open:builtin
//       v3 = call v2(v1)
//       if v3 then b2 else returned
import { assertNever } from "../base/assert.js";
import type { Block, Cfg } from "./cfg.js";
import type { CallArgument, Instruction, Terminator, Value, Variable } from "./instruction.js";

/** Stable: equal programs give equal text. The two blocks without instructions at the end are not printed. */
export function printCfg(cfg: Cfg): string {
  const name = (block: number): string => {
    if (block === cfg.returned) return "returned";
    return block === cfg.raised ? "raised" : `b${block}`;
  };
  const paragraphs = cfg.blocks
    .filter((block) => block.id !== cfg.returned && block.id !== cfg.raised)
    .map((block) => printBlock(block, name));
  return paragraphs.join("\n");
}

type BlockName = (block: number) => string;

function printBlock(block: Block, name: BlockName): string {
  const notes: string[] = [];
  if (!block.reachable) notes.push("unreachable");
  if (block.mayRaise) notes.push(`raises to ${name(block.handler)}`);
  const head = notes.length === 0 ? name(block.id) : `${name(block.id)} (${notes.join(", ")})`;
  const lines = block.instructions.map(printInstruction);
  lines.push(printTerminator(block.terminator, name));
  return `${head}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

/** One line, without its position. */
function printInstruction(instruction: Instruction): string {
  const text = describe(instruction);
  return "result" in instruction ? `v${instruction.result} = ${text}` : text;
}

function describe(instruction: Instruction): string {
  switch (instruction.op) {
    case "constant":
      return instruction.type === "string" || instruction.type === "bytes"
        ? `${instruction.type === "bytes" ? "b" : ""}${JSON.stringify(instruction.value)}`
        : String(instruction.value);
    case "parameter":
      return `parameter ${instruction.index}`;
    case "read":
      return `read ${variable(instruction.variable)}`;
    case "write":
      return `write ${variable(instruction.variable)} = v${instruction.value}`;
    case "unbind":
      return `unbind ${variable(instruction.variable)}`;
    case "member":
      return `v${instruction.object}.${instruction.name}`;
    case "setMember":
      return `set v${instruction.object}.${instruction.name} = v${instruction.value}`;
    case "deleteMember":
      return `delete v${instruction.object}.${instruction.name}`;
    case "element":
      return `v${instruction.object}[v${instruction.index}]`;
    case "setElement":
      return `set v${instruction.object}[v${instruction.index}] = v${instruction.value}`;
    case "deleteElement":
      return `delete v${instruction.object}[v${instruction.index}]`;
    case "call":
      return `call v${instruction.callee}(${instruction.arguments.map(argument).join(", ")})`;
    case "compose":
      return `${instruction.form}${instruction.operator ? ` ${instruction.operator}` : ""}(${values(instruction.operands)})`;
    case "compare":
      return `v${instruction.left} ${instruction.operator} v${instruction.right}`;
    case "iterate":
      return `${asynchronous(instruction)}iterate v${instruction.iterable}`;
    case "unpack":
      return `unpack v${instruction.source} ${instruction.rest ? "from " : ""}${instruction.index}`;
    case "collect": {
      const key = instruction.key === undefined ? "" : `v${instruction.key}: `;
      return `collect ${key}v${instruction.value} into v${instruction.collection}`;
    }
    case "enter":
      return `${asynchronous(instruction)}enter v${instruction.manager}`;
    case "exit":
      return `${asynchronous(instruction)}exit v${instruction.manager}${instruction.raising ? " raising" : ""}`;
    case "suspend":
      return instruction.value === undefined ? instruction.form : `${instruction.form} v${instruction.value}`;
    case "choose":
      return `choose(${values(instruction.operands)})`;
    case "define":
      return printDefinition(instruction);
    case "import":
      return instruction.member === undefined
        ? `import ${instruction.module}`
        : `import ${instruction.module}:${instruction.member}`;
    case "caught":
      return "caught";
    case "unknown":
      return `unknown(${values(instruction.operands)})`;
    default:
      return assertNever(instruction);
  }
}

function printDefinition(instruction: Instruction & { readonly op: "define" }): string {
  const definition = instruction.definition;
  const inputs = [
    ...instruction.decorators.map((decorator) => `@v${decorator}`),
    ...instruction.defaults.map((it) => `${it.parameter}=v${it.value}`),
    ...instruction.bases.map(argument),
  ];
  const head = definition.kind === "lambda" ? "lambda" : `${definition.kind} ${definition.name.id}`;
  return `define ${head}(${inputs.join(", ")})`;
}

function printTerminator(terminator: Terminator, name: BlockName): string {
  switch (terminator.kind) {
    case "jump":
      return `goto ${name(terminator.target)}`;
    case "branch":
      return `if v${terminator.condition} then ${name(terminator.whenTrue)} else ${name(terminator.whenFalse)}`;
    case "next":
      return `v${terminator.item} = next v${terminator.iterator} then ${name(terminator.body)} else ${name(terminator.exhausted)}`;
    case "catch":
      return `catch ${values(terminator.types)} then ${name(terminator.matched)} else ${name(terminator.unmatched)}`;
    case "match":
      return `match v${terminator.subject} then ${name(terminator.matched)} else ${name(terminator.unmatched)}`;
    case "return":
      return terminator.value === undefined ? "return" : `return v${terminator.value}`;
    case "raise": {
      const exception = terminator.exception === undefined ? "" : ` v${terminator.exception}`;
      return `raise${exception}${terminator.cause === undefined ? "" : ` from v${terminator.cause}`}`;
    }
    case "stop":
      return "stop";
    default:
      return assertNever(terminator);
  }
}

function variable({ name, storage }: Variable): string {
  return storage === "local" ? name : `${name}:${storage}`;
}

/** -1 stands for an operand that is not there. */
function values(operands: readonly Value[]): string {
  return operands.map((operand) => (operand === -1 ? "-" : `v${operand}`)).join(", ");
}

function argument({ form, name, value }: CallArgument): string {
  switch (form) {
    case "positional":
      return `v${value}`;
    case "keyword":
      return `${name}=v${value}`;
    case "star":
      return `*v${value}`;
    case "doubleStar":
      return `**v${value}`;
    default:
      return assertNever(form);
  }
}

function asynchronous({ isAsync }: { readonly isAsync: boolean }): string {
  return isAsync ? "async " : "";
}
