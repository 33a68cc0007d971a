// The interpretations of a program, each made on demand; bodies that need one another see what is bound so far.
//
//   a.py: from b import f        interpreting a asks for b, which asks for a: it gets what a has bound by then.
//   b.py: from a import g        b rests on an unfinished a, and is interpreted once more when a is finished.
import type { Body } from "./body.js";
import { type Interpretation, NOT_YET } from "./interpretation.js";
import { type Environment, UNREACHABLE } from "./values/environment.js";
import type { Abstract } from "./values/value.js";

export interface Progress {
  /** While `body` is under way, and where calls are nested too deeply, NOT_YET. */
  interpretation(body: Body): Interpretation;
  /** The variables of `body` at its end or, while it is under way, as bound so far. */
  environment(body: Body): Environment;
  /** The innermost body under way has bound `name`. */
  bind(name: string, value: Abstract): void;
  isUnderWay(body: Body): boolean;
  /** What was said of `body` is no longer right. */
  forget(body: Body): void;
}

interface UnderWay {
  readonly body: Body;
  readonly bound: Map<string, Abstract>;
  readonly index: number;
  /** The outermost body under way whose unfinished variables were read; the own index when none were. */
  lowest: number;
  finished: boolean;
  /** A call in it is nested too deeply to be followed. */
  cutShort: boolean;
}

interface Known {
  readonly result: Interpretation;
  readonly bound: Environment;
  readonly restsOn: UnderWay | undefined;
  readonly attempt: number;
}

/** Each level takes several frames of the stack, of which Node has about a megabyte. */
const MAX_DEPTH = 90;
const MAX_ATTEMPTS = 2;

export function createProgress(interpretNow: (body: Body) => Interpretation): Progress {
  const results = new Map<Body, Known>();
  const attempts = new Map<Body, number>();
  const stack: UnderWay[] = [];
  const underWay = new Map<Body, UnderWay>();

  /** The innermost body under way rests on `entry`, which is not finished. */
  const restOn = (entry: UnderWay) => {
    const reader = stack.at(-1);
    if (reader) reader.lowest = Math.min(reader.lowest, entry.index);
  };

  const usable = (body: Body): Known | undefined => {
    const known = results.get(body);
    if (!known?.restsOn) return known;
    if (known.restsOn.finished) return known.attempt >= MAX_ATTEMPTS ? known : undefined;
    restOn(known.restsOn);
    return known;
  };

  const enter = (body: Body): Known => {
    const index = stack.length;
    const entry: UnderWay = {
      body,
      bound: new Map(),
      index,
      lowest: index,
      finished: false,
      cutShort: false,
    };
    stack.push(entry);
    underWay.set(body, entry);
    const whole = interpretNow(body);
    const result = entry.cutShort ? { ...whole, budgetHit: true } : whole;
    stack.pop();
    underWay.delete(body);
    entry.finished = true;
    const attempt = (attempts.get(body) ?? 0) + 1;
    attempts.set(body, attempt);
    const restsOn = entry.lowest < index ? stack[entry.lowest] : undefined;
    const known = { result, bound: entry.bound, restsOn, attempt };
    results.set(body, known);
    if (restsOn) restOn(restsOn);
    return known;
  };

  const resultOf = (body: Body): Known | undefined => {
    const known = usable(body);
    if (known) return known;
    if (underWay.has(body)) return undefined;
    if (stack.length >= MAX_DEPTH) {
      stack.at(-1)!.cutShort = true;
      return undefined;
    }
    if (body.kind !== "module") {
      const enclosing = underWay.get(body.enclosing);
      if (!enclosing) resultOf(body.enclosing);
      const meanwhile = usable(body);
      if (meanwhile) return meanwhile;
      const known = enter(body);
      return known;
    }
    return enter(body);
  };

  return {
    interpretation: (body) => resultOf(body)?.result ?? NOT_YET,
    environment(body) {
      const entry = underWay.get(body);
      if (entry) {
        restOn(entry);
        return entry.bound;
      }
      const known = resultOf(body);
      if (!known) return UNREACHABLE;
      return known.result.environment === UNREACHABLE ? known.bound : known.result.environment;
    },
    bind(name, value) {
      stack.at(-1)?.bound.set(name, value);
    },
    isUnderWay: (body) => underWay.has(body),
    forget(body) {
      results.delete(body);
    },
  };
}
