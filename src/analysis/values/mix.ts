// What a call makes of the data that becomes a part of a longer text: `"…".format(x)`, `os.path.join(folder, x)`.
import type { CallModel } from "../../models/model.js";
import type { CallSite } from "../calls/call-site.js";
import { HOST_KINDS, hasOwnText, hostIsFixed } from "./compose.js";
import { type Abstract, cleansed, constantIn, extended, NOTHING, type Taint, withTaints } from "./value.js";

/** The taint of the arguments that `composes` names, as it is in the text that the call gives. */
export function mixed(
  site: CallSite,
  composes: NonNullable<CallModel["composes"]>,
  taints: readonly Taint[],
): readonly Taint[] {
  const { frame, instruction } = site;
  const pattern = site.receiver === undefined ? undefined : constantIn(site.valueOf(site.receiver));
  const isText = typeof pattern === "string";
  if (taints.length === 0 || (isText && !hasOwnText(pattern))) return taints;
  const what = typeof composes === "object" && composes.from !== undefined ? "a path" : "text";
  const step = {
    place: { syntax: frame.body.module.syntax, node: instruction.node },
    role: "flow",
    note: `${what} is put together with it`,
    mixes: true,
  } as const;
  const whole: Abstract = extended(withTaints(NOTHING, taints), step);
  const before = isText ? pattern.slice(0, Math.max(0, pattern.indexOf("{"))) : "";
  return (hostIsFixed(before, true, 1) ? cleansed(whole, HOST_KINDS) : whole).taints;
}
