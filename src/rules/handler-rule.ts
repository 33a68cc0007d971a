// What the rules about exception handlers have in common: which bodies they look at, and how they point at a handler.
import type { Body } from "../analysis/body.js";
import { type Handler, handlersOf } from "../analysis/handlers/handlers.js";
import type { Step, StepRole } from "../analysis/step.js";
import { type Place, spanOf, textOf } from "../analysis/values/place.js";
import type { Range } from "../base/span.js";
import { runsBesideProduct } from "./beside-product.js";
import type { RuleContext } from "./context.js";

/** The bodies of the product, not of its tests. */
export function productBodies({ roots }: RuleContext): readonly Body[] {
  return roots.filter(({ module }) => !runsBesideProduct(module));
}

/** Every handler in the product. */
export function handlersIn(context: RuleContext): readonly Handler[] {
  return productBodies(context).flatMap((body) => handlersOf(context.world, body));
}

/** The line that says what is caught: `except (A, B) as e`. */
export function headOf({ body, handler }: Pick<Handler, "body" | "handler">): Place {
  const end = handler.name?.end ?? handler.type?.end ?? handler.start + "except".length;
  return placeIn(body, { start: handler.start, end });
}

export function placeIn(body: Body, node: Range): Place {
  return { syntax: body.module.syntax, node };
}

export function stepAt(role: StepRole, place: Place, note: string): Step {
  return { role, span: spanOf(place), side: "head", note };
}

/** The source of `node` on one line. */
export function textIn(body: Body, node: Range, limit = 60): string {
  return textOf(placeIn(body, node), limit);
}
