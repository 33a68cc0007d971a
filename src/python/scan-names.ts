// The names in a file by reading its characters once, without parsing: what may define, import, call or mention them.

/** How a file uses a name; several may be set. Strings that read like a dotted name count as mentions of its parts. */
export const nameUse = { defined: 1, imported: 2, called: 4, mentioned: 8 } as const;

/**
 * Every identifier of `text` outside comments, with its uses. Errs on the side of more.
 * `import f as g` is, besides, the name "f>g", imported: who looks for f must look for g as well.
 */
export function scanNames(text: string): Map<string, number> {
  const uses = new Map<string, number>();
  let at = 0;
  /** Use of the next identifier: after `def` and `class`, and in an import statement up to its end. */
  let next = 0;
  let importing = false;
  /** What an import has named last, and what it is giving another name to. */
  let imported = "";
  let renamed = "";
  let brackets = 0;
  /** Is the next identifier the first of its statement? */
  let isFirst = true;

  const add = (name: string, use: number) => uses.set(name, (uses.get(name) ?? 0) | use);

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isStart(code)) {
      const start = at;
      do at++;
      while (isPart(text.charCodeAt(at)));
      const quote = text.charCodeAt(at);
      if ((quote === 34 || quote === 39) && at - start <= 2) {
        at = skipString(start, at);
      } else identifier(text.slice(start, at));
      isFirst = false;
    } else if (code === 34 || code === 39) at = skipString(at, at);
    else if (code === 35) at = lineEnd(at);
    else {
      if (brackets === 0 && (code === 10 || code === 13 || code === 59 || code === 58)) {
        isFirst = true;
        importing = false;
      }
      if (code === 40 || code === 91 || code === 123) brackets++;
      else if (code === 41 || code === 93 || code === 125) brackets = Math.max(0, brackets - 1);
      at++;
    }
  }
  return uses;

  function identifier(name: string): void {
    if (next !== 0) {
      add(name, next);
      next = 0;
      return;
    }
    switch (name) {
      case "def":
      case "class":
        next = nameUse.defined;
        // A statement that was not closed ends at the latest here.
        brackets = 0;
        importing = false;
        return;
      case "import":
      case "from":
        importing = importing || isFirst;
        return;
      case "as":
        if (importing) renamed = imported;
        return;
    }
    if (keywords.has(name)) return;
    if (importing) importedName(name);
    else add(name, text.charCodeAt(skipBlanks(at)) === 40 ? nameUse.called : nameUse.mentioned);
  }

  function importedName(name: string): void {
    add(name, nameUse.imported);
    if (renamed !== "" && renamed !== name) add(`${renamed}>${name}`, nameUse.imported);
    imported = name;
    renamed = "";
  }

  /** Past the string whose prefix starts at `prefix` and whose quotes start at `quoteAt`; its names are noted. */
  function skipString(prefix: number, quoteAt: number): number {
    const quote = text.charAt(quoteAt);
    const isTriple = text.startsWith(quote + quote + quote, quoteAt);
    const end = stringEnd(quoteAt + (isTriple ? 3 : 1), quote.charCodeAt(0), isTriple);
    const body = text.slice(quoteAt + (isTriple ? 3 : 1), end.body);
    if (/[ft]/i.test(text.slice(prefix, quoteAt))) interpolated(body);
    else if (body.length < 120 && dottedName.test(body))
      for (const name of body.split(/[.:]/)) add(name, nameUse.mentioned);
    return end.after;
  }

  /** The code in an f-string; its text counts too. */
  function interpolated(body: string): void {
    for (const match of body.matchAll(/[A-Za-z_]\w*(\s*\()?/g)) {
      const isCall = match[1] !== undefined;
      add(
        isCall ? match[0].slice(0, -match[1]!.length) : match[0],
        isCall ? nameUse.called : nameUse.mentioned,
      );
    }
  }

  function stringEnd(
    from: number,
    quote: number,
    isTriple: boolean,
  ): { readonly body: number; readonly after: number } {
    let index = from;
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 92) index++;
      else if (code === 10 && !isTriple) return { body: index, after: index };
      else if (code === quote) {
        if (!isTriple) return { body: index, after: index + 1 };
        if (text.charCodeAt(index + 1) === quote && text.charCodeAt(index + 2) === quote) {
          return { body: index, after: index + 3 };
        }
      }
    }
    return { body: text.length, after: text.length };
  }

  function lineEnd(from: number): number {
    let end = from;
    for (let code = 0; end < text.length && code !== 10 && code !== 13; end++)
      code = text.charCodeAt(end + 1);
    return end;
  }

  function skipBlanks(from: number): number {
    let index = from;
    while (text.charCodeAt(index) === 32 || text.charCodeAt(index) === 9) index++;
    return index;
  }
}

const dottedName = /^[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)*$/;
const keywords: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break continue del elif else except finally for global if in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

function isStart(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 95 || (code >= 65 && code <= 90) || code >= 128;
}

function isPart(code: number): boolean {
  return isStart(code) || (code >= 48 && code <= 57);
}
