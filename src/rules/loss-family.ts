// What a lost check or cleaning call kept safe: a query, a secret, a size. The rule of that family reports it.
import { callsOf, type Leaf } from "../analysis/protection/leaf.js";
import type { Loss } from "../analysis/protection/loss.js";
import { lastNameOf } from "../analysis/protection/pool.js";
import { textOf } from "../analysis/values/place.js";

const RUNS_QUERY = /\b(execute|executemany|executescript|raw|fetchall)\(/;
/** SQL inside a string literal: its keywords, as they are written in code. */
const SQL_TEXT =
  /["'][^"']*\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|ORDER\s+BY|WHERE|LIKE|RENAME\s+TO|(CREATE|ALTER|DROP)\s[^"']*(TABLE|INDEX|SCHEMA|VIEW|DATABASE|ROLE|USER))\b/;
const IS_BUILT = /\{|%|\.format\(|\+/;
/** Calls that quote for a query: `sql_escape`, `escape_sqlite`, `quote_value`, `quote_ident`, `backtick_quote`. */
const QUOTES_FOR_QUERY =
  /^[\w.]*(sql|quote_?(value|ident|name|literal|column|table)|escape_?(literal|ident)|back_?(quote|tick)s?)\w*\(/i;

/** Is a query made or run where the loss leaves it exposed, or was the guard there for queries? */
export function exposesQuery({ protection, guard, exposedLeaf, change }: Loss): boolean {
  if (protection === "sanitizer" && QUOTES_FOR_QUERY.test(textOf(guard))) return true;
  if (!exposedLeaf || !IS_BUILT.test(exposedLeaf.text)) return false;
  const isQuery = RUNS_QUERY.test(exposedLeaf.text) || SQL_TEXT.test(exposedLeaf.text);
  return isQuery || isRunLater(exposedLeaf, change.head.leaves);
}

/** `text = "… %s" % name`, and a call that runs queries is given `text` further on. */
function isRunLater(built: Leaf, leaves: readonly Leaf[]): boolean {
  const { node } = built;
  if (node.kind !== "assign" || node.targets[0]?.kind !== "name") return false;
  const name = node.targets[0].id;
  return leaves
    .slice(built.index + 1)
    .some((leaf) =>
      callsOf(leaf).some(
        (call) =>
          /^(execute|executemany|executescript)$/.test(lastNameOf(call.callee)) &&
          call.arguments[0]?.value.kind === "name" &&
          call.arguments[0].value.id === name,
      ),
    );
}

/** `len(data) > MAX_BYTES`, `count >= self.max_parts`: the upper bound has a name that says so. */
const BOUNDS_SIZE =
  /(\blen\(|(size|length|count|depth|total|bytes)\w*[^<>=]*)[^<>=]*>=?[^<>=]*(\b|_)(max|limit|most|maximum)(_|\b|imum)/i;

/** Does the check that is gone refuse what is too large? */
export function boundsSize({ protection, guard }: Loss): boolean {
  return protection === "validation" && BOUNDS_SIZE.test(textOf(guard));
}
