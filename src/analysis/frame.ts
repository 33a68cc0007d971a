// What is shared while one body is interpreted.
import type { Cfg } from "../flow/cfg.js";
import type { CallModel } from "../models/model.js";
import type { SyntaxNode } from "../python/ast.js";
import type { Body } from "./body.js";
import type { CallSite } from "./calls/call-site.js";
import type { ModelledCall } from "./calls/modelled-call.js";
import type { Matching } from "./regex/matching.js";
import type { Arrival } from "./taint/arrival.js";
import type { Misuse } from "./taint/misuse.js";
import type { Path } from "./values/environment.js";
import type { Abstract, Ref } from "./values/value.js";
import type { World } from "./world.js";

/** What the transfer functions share while one body is interpreted. */
export interface Frame {
  readonly world: World;
  readonly body: Body;
  readonly cfg: Cfg;
  readonly values: Abstract[];
  /** The variable (and fields of it) that a value was read from. */
  readonly paths: (Path | undefined)[];
  readonly arrivals: Map<string, Arrival>;
  readonly misuses: Map<string, Misuse>;
  readonly callees: Map<SyntaxNode, readonly Ref[]>;
  /** What was not looked at as closely as asked: calls with functions or objects as arguments, of which there are too many. */
  readonly cut: Set<"calls">;
  readonly matchings: Map<string, Matching>;
  readonly modelled: Map<SyntaxNode, ModelledCall>;
  /** How the calls that syntax or a model implies are made. */
  readonly callRef: (site: CallSite, ref: Ref) => Abstract;
  readonly callModel: (site: CallSite, model: CallModel) => Abstract;
}
