// Functions on functions and containers: functools, itertools, operator, collections, contextlib, copy, dataclasses, six.
// Facts: https://docs.python.org/3/library/functools.html, https://docs.python.org/3/library/operator.html,
// https://docs.python.org/3/library/collections.html, https://docs.python.org/3/library/contextlib.html,
// https://six.readthedocs.io/
import { argument, each, type LibraryModel, rest, type SymbolModel } from "../model.js";
import { does, FIRST, like, passes, RECEIVER, RELEASES, SILENT, sinks, text } from "../shorthand.js";

const STACK = "contextlib.ExitStack";
const REDUCES: SymbolModel = {
  call: {
    propagates: [argument(1), argument(2)],
    calls: { callback: argument(0), with: [argument(1), argument(2)] },
  },
};

const containers: Record<string, SymbolModel> = {
  ...each("collections", "OrderedDict Counter ChainMap UserDict", like("builtins.dict")),
  "collections.defaultdict": {
    call: { propagates: [rest(1)], returns: "collections.defaultdict" },
    extends: ["builtins.dict"],
  },
  "collections.Counter.most_common": RECEIVER,
  ...each("collections", "deque", {
    call: { propagates: [argument(0)], returns: "collections.deque" },
    extends: ["builtins.list"],
  }),
  ...each("collections.deque", "appendleft extendleft", does({ fills: [argument(0)] })),
  "collections.deque.popleft": RECEIVER,
};

export const functions: LibraryModel = {
  library: "functions",
  symbols: {
    ...containers,
    ...each("copy", "copy deepcopy replace", passes("any")),
    "functools.reduce": REDUCES,
    "six.moves.reduce": REDUCES,
    "functools.partial": passes("any"),
    "functools.cmp_to_key": SILENT,
    "operator.attrgetter": does({ sinks: sinks("attribute-name", rest(0)) }),
    "operator.methodcaller": does({ sinks: sinks("attribute-name", argument(0)) }),
    "operator.itemgetter": SILENT,
    ...each("operator", "contains countOf eq ge gt indexOf le lt ne not_ truth", SILENT),
    "contextlib.closing": { call: { propagates: [argument(0, "thing")], releases: argument(0, "thing") } },
    "contextlib.aclosing": { call: { propagates: [argument(0, "thing")], releases: argument(0, "thing") } },
    "contextlib.suppress": does({ swallows: rest(0) }),
    "contextlib.nullcontext": FIRST,
    "contextlib.nested": passes("any"),
    [`${STACK}.enter_context`]: { call: { propagates: [argument(0, "cm")], releases: argument(0, "cm") } },
    [`${STACK}.push`]: { call: { propagates: [argument(0, "exit")], releases: argument(0, "exit") } },
    [`${STACK}.callback`]: does({ calls: { callback: argument(0, "callback"), with: [rest(1)] } }),
    [`${STACK}.close`]: RELEASES,
    "contextlib.AsyncExitStack": like(STACK),
    "contextlib.AsyncExitStack.enter_async_context": {
      call: { propagates: [argument(0, "cm")], releases: argument(0, "cm") },
    },
    "contextlib2.ExitStack": like(STACK),
    "contextlib2.suppress": does({ swallows: rest(0) }),
    ...each("dataclasses", "asdict astuple replace", passes("any")),
    ...each("dataclasses", "fields is_dataclass", SILENT),
    ...each("inspect", "iscoroutinefunction isclass isfunction ismethod signature", SILENT),
    ...each("six", "ensure_str ensure_text text_type u", text(argument(0))),
    ...each("six", "b ensure_binary", FIRST),
    ...each("six", "iteritems iterkeys itervalues viewitems next", FIRST),
    ...each("six.moves", "range xrange", SILENT),
    "six.moves.input": { alias: "builtins.input" },
    ...each("six.moves", "filter map", passes(argument(1))),
    "six.moves.zip": passes("any"),
    "six.moves.shlex_quote": { alias: "shlex.quote" },
    "six.moves.builtins.open": { alias: "builtins.open" },
    "six.moves.getoutput": { alias: "subprocess.getoutput" },
  },
};
