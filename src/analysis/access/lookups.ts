// Objects that handlers load by an id, and whether the id alone decides: without owner, tenant or parent.
import { wordsOf } from "../../base/words.js";
import type { Call, Expression, FunctionDefinition, SyntaxNode } from "../../python/ast.js";
import { walk, walkOwn } from "../../python/walk.js";
import { dottedName } from "./access-checks.js";

export interface Lookup {
  /** The class of what is loaded, as written: "Order", "models.Order". */
  readonly model: string;
  /** The whole chain: `Order.objects.filter(user=user).get(pk=pk)`. */
  readonly node: Call;
  /** Is something besides the id asked for that ties the object to who asks? */
  readonly isScoped: boolean;
  /** Does an argument ask for one object by its id? */
  readonly isById: boolean;
}

const OWNERS = new Set(
  (
    "account author client company createdby creator customer group member organisation organization owner person profile " +
    "project team tenant user users workspace"
  ).split(" "),
);

/** The lookups of a function, in the order of the source; nested functions excepted. */
export function lookupsOf(definition: FunctionDefinition): readonly Lookup[] {
  const found: Lookup[] = [];
  walkOwn(definition.body, (node) => {
    if (node.kind !== "call") return true;
    const lookup = lookupIn(node);
    if (lookup) found.push(lookup);
    return lookup === undefined;
  });
  return found;
}

const SHORTCUT = /^(a?get_object_or_404|get_or_404|a?get_list_or_404)$/;
const CHAINED =
  /^(get|filter|filter_by|first|first_or_404|get_or_404|one|one_or_none|one_or_404|aget|where|exclude|all|scalar_one|order_by|select_related|prefetch_related|only|options|with_for_update|select_for_update|exists|delete|update|last|values|values_list|distinct|count)$/;

/** The lookup that `node` is, chain and all; undefined when it is none. */
export function lookupIn(node: Call): Lookup | undefined {
  const written: Call[] = [];
  let model: string | undefined;
  let at: Expression = node;
  while (model === undefined) {
    if (at.kind === "call") {
      const name = at.callee.kind === "attribute" ? at.callee.name.id : dottedName(at.callee);
      written.push(at);
      const [first] = at.arguments;
      if (SHORTCUT.test(name) && first && isClassName(dottedName(first.value)))
        model = dottedName(first.value);
      else if (name === "get" && at.arguments.length === 2 && first && isClassName(dottedName(first.value)))
        // session.get(Order, number)
        model = dottedName(first.value);
      else if (/^(query|select)$/.test(name) && first && isClassName(dottedName(first.value))) {
        model = dottedName(first.value);
      } else if (at.callee.kind !== "attribute" || !CHAINED.test(name)) return undefined;
      else at = at.callee.object;
    } else if (at.kind === "attribute") {
      const holder = dottedName(at.object);
      if (/^(objects|query)$/.test(at.name.id) && isClassName(holder)) model = holder;
      else return undefined;
    } else return undefined;
  }
  const asked = written.flatMap((call) =>
    call.arguments.map((each) => ({ name: each.name?.id ?? "", value: each.value })),
  );
  return {
    model,
    node,
    isScoped: asked.some(({ name, value }) => speaksOfOwner(name) || mentionsOwner(value)),
    isById:
      written.some(asksByPrimaryKey) ||
      asked.some(({ name, value }) => /(^|_)(id|pk|uuid|guid|slug|key|number)$/.test(name) || namesId(value)),
  };
}

/** `query.get(number)`, `query.get_or_404(number)` */
function asksByPrimaryKey({ callee, arguments: list }: Call): boolean {
  const name = callee.kind === "attribute" ? callee.name.id : "";
  return (
    /^(get|get_or_404)$/.test(name) &&
    list.length === 1 &&
    list[0]!.form === "positional" &&
    list[0]!.value.kind !== "call" &&
    list[0]!.value.kind !== "comparison"
  );
}

const isClassName = (name: string): boolean => /(^|\.)[A-Z]\w*$/.test(name);

/** Is one of the words of `name` an owner, a tenant or a parent: "user_id", "project"? */
export function speaksOfOwner(name: string): boolean {
  return wordsOf(name).some((word) => OWNERS.has(word));
}

/** Does an expression name an owner: `request.user`, `Order.owner_id == me`? */
export function mentionsOwner(node: SyntaxNode): boolean {
  let found = false;
  walk(node, (each) => {
    const name = each.kind === "name" ? each.id : each.kind === "attribute" ? each.name.id : "";
    if (name !== "" && !isClassName(name) && speaksOfOwner(name)) found = true;
    return !found;
  });
  return found;
}

function namesId(value: Expression): boolean {
  const name = dottedName(value);
  if (/(^|_|\.)(id|pk|uuid|guid|slug)$/.test(name)) return true;
  return (
    value.kind === "comparison" &&
    value.operands.some((operand) => /\.(id|pk|uuid|guid)$/.test(dottedName(operand)))
  );
}
