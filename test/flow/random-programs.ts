// Random Python functions for property tests, as text: every kind of control flow, nested, with calls that leave a trace.
import fc from "fast-check";

/** Where a statement stands: what may be written there. */
interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inHandler: boolean;
  /** In a handler or `finally`: an exception may be under way. */
  readonly isCleanup: boolean;
  /**
   * Only statements without structure, and no `raise`: inside a `try` or `with` that stands in a handler or `finally`.
   * So its end can be reached, and the interpreter can tell from the place which exception is under way.
   */
  readonly isPlain: boolean;
}

type Lines = readonly string[];

/**
 * A function `f()` of nested statements. It calls `e(n)` (leaves a trace), `t(n)` (true or false), `s(n)` (a short
 * list), `r(n)` (raises A, B or nothing) and `m(n)` (a context manager), each with a number of its own.
 */
export const programs: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 30, maxLength: 120 })
  .map((choices) => {
    const source = makeChooser(choices);
    const place = { depth: 0, inLoop: false, inHandler: false, isCleanup: false, isPlain: false };
    return `def f():\n${indent(block(source, place)).join("\n")}\n`;
  });

interface Chooser {
  /** One of 0 … count-1; 0 when the choices are used up. */
  pick(count: number): number;
  /** A number that was not given out before. */
  fresh(): number;
}

function makeChooser(choices: readonly number[]): Chooser {
  let used = 0;
  let numbers = 0;
  return {
    pick: (count) => (choices[used++] ?? 0) % count,
    fresh: () => ++numbers,
  };
}

function block(source: Chooser, place: Place): Lines {
  const length = 1 + source.pick(3);
  return Array.from({ length }, () => statement(source, place)).flat();
}

function statement(source: Chooser, place: Place): Lines {
  const simple = [
    event,
    event,
    mayRaise,
    assignment,
    tuple,
    leave,
    returnStatement,
    raise,
    assertion,
    comprehension,
  ];
  const nested = [conditional, whileLoop, forLoop, tryStatement, tryStatement, withStatement, match];
  const canNest = place.depth < 4 && !place.isPlain;
  const choices = canNest ? [...simple, ...nested, ...nested] : simple;
  return choices[source.pick(choices.length)]!(source, { ...place, depth: place.depth + 1 });
}

const event = (source: Chooser): Lines => [`e(${source.fresh()})`];
const mayRaise = (source: Chooser): Lines => [`r(${source.fresh()})`];
const assignment = (source: Chooser): Lines => [`x = ${condition(source, 2)}`, `e(x)`];
const tuple = (source: Chooser): Lines => {
  const [a, b, c] = [source.fresh(), source.fresh(), source.fresh()];
  return [`d[e(${a})], (y, *z) = e(${b}), s(${c}) + [1]`];
};
const comprehension = (source: Chooser): Lines => [
  `x = [e(x) for x in s(${source.fresh()}) if ${condition(source, 1)}]`,
];
const assertion = (source: Chooser): Lines => [`assert ${condition(source, 1)}, e(${source.fresh()})`];

function leave(source: Chooser, place: Place): Lines {
  if (!place.inLoop) return event(source);
  return [["break", "continue"][source.pick(2)]!];
}

function returnStatement(source: Chooser, place: Place): Lines {
  return place.depth === 1 ? event(source) : [["return", `return e(${source.fresh()})`][source.pick(2)]!];
}

function raise(source: Chooser, place: Place): Lines {
  if (place.depth === 1 || place.isPlain) return event(source);
  const forms = ["raise A()", "raise B() from None", ...(place.inHandler ? ["raise"] : [])];
  return [forms[source.pick(forms.length)]!];
}

function condition(source: Chooser, depth: number): string {
  if (depth === 0) return `t(${source.fresh()})`;
  const inner = () => condition(source, depth - 1);
  switch (source.pick(6)) {
    case 0:
      return `(${inner()} and ${inner()} and ${inner()})`;
    case 1:
      return `(${inner()} or not ${inner()})`;
    case 2:
      return `(not ${inner()} and ${inner()})`;
    case 3:
      return `(${inner()} if ${inner()} else ${inner()})`;
    case 4:
      return `(0 < ${inner()} <= ${inner()})`;
    default:
      return inner();
  }
}

function conditional(source: Chooser, place: Place): Lines {
  const lines = [`if ${condition(source, 2)}:`, ...indent(block(source, place))];
  if (source.pick(3) === 0) lines.push(`elif ${condition(source, 1)}:`, ...indent(block(source, place)));
  if (source.pick(2) === 0) lines.push("else:", ...indent(block(source, place)));
  return lines;
}

function whileLoop(source: Chooser, place: Place): Lines {
  const inside = { ...place, inLoop: true };
  return withElse(source, place, [`while ${condition(source, 1)}:`, ...indent(block(source, inside))]);
}

function forLoop(source: Chooser, place: Place): Lines {
  const inside = { ...place, inLoop: true };
  return withElse(source, place, [`for x in s(${source.fresh()}):`, ...indent(block(source, inside))]);
}

function withElse(source: Chooser, place: Place, lines: Lines): Lines {
  return source.pick(2) === 0 ? lines : [...lines, "else:", ...indent(block(source, place))];
}

function tryStatement(source: Chooser, place: Place): Lines {
  const handlerPlace = { ...place, inHandler: true, isCleanup: true };
  const finallyPlace = { ...place, inHandler: false, isCleanup: true };
  const bodyPlace = { ...place, isPlain: place.isPlain || place.isCleanup };
  const lines = ["try:", ...indent(block(source, bodyPlace))];
  const handlers = source.pick(4);
  for (let index = 0; index < handlers; index++) {
    const heads = ["except A as x:", "except B:", "except (A, B):", "except Exception:"];
    lines.push(heads[source.pick(heads.length)]!, ...indent(block(source, handlerPlace)));
  }
  if (handlers > 0 && source.pick(2) === 0) lines.push("else:", ...indent(block(source, place)));
  if (handlers === 0 || source.pick(2) === 0) {
    lines.push("finally:", ...indent(block(source, finallyPlace)));
  }
  return lines;
}

function withStatement(source: Chooser, place: Place): Lines {
  const items = [
    `m(${source.fresh()}) as y`,
    `m(${source.fresh()}), suppress(A)`,
    `suppress(B), m(${source.fresh()})`,
  ];
  const inside = { ...place, isPlain: place.isPlain || place.isCleanup };
  return [`with ${items[source.pick(items.length)]!}:`, ...indent(block(source, inside))];
}

function match(source: Chooser, place: Place): Lines {
  const [subject, one] = [source.fresh(), source.fresh()];
  return [
    `match s(${subject}):`,
    "    case []:",
    ...indent(indent(block(source, place))),
    `    case [x] if t(${one}):`,
    ...indent(indent(["e(x)", ...block(source, place)])),
    "    case [*_, x]:",
    ...indent(indent(["e(x)", ...block(source, place)])),
  ];
}

function indent(lines: Lines): string[] {
  return lines.map((line) => `    ${line}`);
}
