// Texts at random, for what must hold whatever is read.
import fc from "fast-check";

/** Statements of every kind, to be put together at random. */
const pieces = [
  "x = f(a, *b, k=c, **d)",
  "def g(p, /, q: int = 1, *r, s, **t) -> 'u':\n    return p + q * -r ** 2",
  "class C(B, metaclass=M):\n    '''doc'''\n    z: int = 0",
  "for i, (j, *k) in enumerate(l):\n    print(i if j else k, end='')\nelse:\n    pass",
  "while a < b <= c is not d:\n    break",
  "try:\n    o()\nexcept (E, F) as e:\n    raise G from e\nexcept* H:\n    pass\nelse:\n    n\nfinally:\n    del m, n[0]",
  "with a() as b, c() as (d, e):\n    yield",
  "match v:\n    case {'k': [1, -2, *_], **rest} | K(x, y=None) if w:\n        pass\n    case _:\n        pass",
  "async def h():\n    async with a: return [await x async for x in y if z]",
  "f'{a!r:>{w}} {b=}' 'c' rb'\\n'",
  "lambda x, *y: (z := x, {**a, 'b': 1}, {c, *d})",
  "from ..a.b import (c as d, e)",
  "import a.b.c as d, e",
  "if a: pass\nelif b: c; d\nelse: e",
  "global g1, g2",
  "type T[U: int] = list[U]",
  "a[1:2, ::3, ...] += {k: v for k, v in w.items() if k}",
  "@d.e(1)\n@f\ndef deco(): ...",
  "# a comment\nx = (1,  # inside\n     2)",
  "print 'python 2', x",
  "s = 'caf\u00e9 \u{1F600}'; \u00e9 = s",
];
const broken = [
  "x = (",
  "def f(:",
  "return self.",
  ")",
  "  oops",
  "class",
  "'unclosed",
  "x = $ y",
  "\tif:",
  "\\",
];
/** Statements that are whole. */
export const wholeTexts = fc
  .array(fc.constantFrom(...pieces), { maxLength: 8 })
  .map((statements) => `${statements.join("\n")}\n`);
/** Anything, mostly like Python. */
export const mixedTexts = fc
  .array(fc.oneof(fc.constantFrom(...pieces, ...broken), fc.string({ maxLength: 12 })), { maxLength: 8 })
  .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((end) => lines.join(end)));
