// What a call makes of the data that becomes a part of a longer text: `"…".format(x)`, `os.path.join(folder, x)`.
import type { CallModel } from "../../models/model.js";
import { argumentsAt } from "../calls/arguments.js";
import type { CallSite } from "../calls/call-site.js";
import { HOST_KINDS, hasOwnText, hostIsFixed } from "./compose.js";
import {
  type Abstract,
  allTaints,
  cleansed,
  constantIn,
  extended,
  joinTaints,
  NOTHING,
  type Taint,
  withTaints,
} from "./value.js";

type Composes = NonNullable<CallModel["composes"]>;

/** The taint of the arguments that `composes` names, as it is in the text that the call gives. */
export function mixed(site: CallSite, composes: Composes, taints: readonly Taint[]): readonly Taint[] {
  const { frame, instruction } = site;
  const pattern = site.receiver === undefined ? undefined : constantIn(site.valueOf(site.receiver));
  const isText = typeof pattern === "string";
  const given = isText ? (joined(site, composes, pattern) ?? taints) : taints;
  if (given.length === 0 || (isText && !hasOwnText(pattern))) return given;
  const what = typeof composes === "object" && composes.from !== undefined ? "a path" : "text";
  const step = {
    place: { syntax: frame.body.module.syntax, node: instruction.node },
    role: "flow",
    note: `${what} is put together with it`,
    mixes: true,
  } as const;
  const whole: Abstract = extended(withTaints(NOTHING, given), step);
  const before = isText ? pattern.slice(0, Math.max(0, pattern.indexOf("{"))) : "";
  return (hostIsFixed(before, true, 1) ? cleansed(whole, HOST_KINDS) : whole).taints;
}

/** `"/".join(["https://shop.example", name])`: what follows the first element no longer chooses the host. */
function joined(site: CallSite, composes: Composes, between: string) {
  if (composes === "any" || composes === "receiver") return undefined;
  const [list] = argumentsAt(site.instruction.arguments, composes);
  const elements = list && site.valueOf(list.value);
  const first = elements?.fields.get("[0]");
  if (!elements || !first) return undefined;
  const others = new Map([...elements.fields].filter(([key]) => key !== "[0]"));
  const behind = { ...elements, fields: others };
  const text = constantIn(first);
  const isFixed = typeof text !== "string" || hostIsFixed(text + between, true, 1);
  return joinTaints(allTaints(first), allTaints(isFixed ? cleansed(behind, HOST_KINDS) : behind));
}
