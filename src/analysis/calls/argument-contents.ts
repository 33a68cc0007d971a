// What a call leaves in its arguments: a callee that fills the dictionary, list or object it is given.
//
//   def collect(options):                    options = {}
//       options["name"] = request.args["n"]  collect(options)        options["name"] is the client's now
import type { Value } from "../../flow/instruction.js";
import { type FunctionBody, hasReceiver } from "../body.js";
import { type Environment, type Path, readPath, writePath } from "../values/environment.js";
import { type Abstract, allTaints, join, NOTHING, withField } from "../values/value.js";
import { onlyWrite } from "../values/written.js";
import type { CallSite } from "./call-site.js";
import { fieldsSet } from "./summary.js";

/**
 * The variables after the call at `site`, with the data that `body` left in what it was passed.
 * @param bound by parameter
 */
export function withFilledArguments(
  site: CallSite,
  body: FunctionBody,
  bound: ReadonlyMap<number, Abstract>,
  environment: Environment,
): Environment {
  const { frame } = site;
  let changed = environment;
  for (const { index, value, path } of passed(site, body)) {
    const name = body.definition.parameters[index]?.name.id ?? "";
    // A parameter that is bound anew is the name of another object.
    if (onlyWrite(frame.world.cfg(body), name) === undefined) continue;
    const before = readPath(changed, path) ?? frame.values[value]!;
    let after = before;
    for (const [key, content] of fieldsSet(site, body, bound, index)) {
      const known = before.fields.get(key) ?? NOTHING;
      if (isNew(content, known)) after = withField(after, key, join(known, content));
    }
    if (after === before) continue;
    if (path) changed = writePath(changed, path, after);
    else frame.values[value] = after;
  }
  return changed;
}

interface Passed {
  /** Of the parameter. */
  readonly index: number;
  readonly value: Value;
  /** Where the variable lies that holds it; undefined for what only this call has. */
  readonly path: Path | undefined;
}

/** The arguments that parameters take, one by one; what is unpacked is left out. */
function passed(site: CallSite, body: FunctionBody): readonly Passed[] {
  const { frame, instruction, receiver } = site;
  const { parameters } = body.definition;
  const found: Passed[] = [];
  const add = (index: number, value: Value) => {
    const form = parameters[index]?.form;
    if (form && form !== "star" && form !== "doubleStar")
      found.push({ index, value, path: pathOf(site, value) });
  };
  let index = 0;
  if (hasReceiver(body) && receiver !== undefined) add(index++, receiver);
  for (const { form, name, value } of instruction.arguments) {
    if (form === "star") break;
    if (form === "positional") add(index++, value);
    if (form === "keyword")
      add(
        parameters.findIndex(({ name: { id } }) => id === name),
        value,
      );
  }
  return found.filter(({ value }) => frame.values[value] !== undefined);
}

/** `super()` is the object itself. */
function pathOf(site: CallSite, value: Value): Path | undefined {
  const { body, paths } = site.frame;
  if (body.kind !== "function" || site.valueOf(value).refs.every(({ kind }) => kind !== "super"))
    return paths[value];
  return { variable: body.definition.parameters[0]?.name.id ?? "", keys: [] };
}

/** Data that was not there before; the same by a longer way is not. */
function isNew(content: Abstract, known: Abstract): boolean {
  const before = new Set(allTaints(known).map(({ origin }) => origin.key));
  return allTaints(content).some(({ origin }) => !before.has(origin.key));
}
