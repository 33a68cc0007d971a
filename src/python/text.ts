// Reading Python source by characters: the small steps that lowering takes between the nodes of the syntax table.

const newline = 10;
const carriageReturn = 13;

/** Is `code` one of a-z, A-Z, 0-9, "_" or beyond ASCII: may it stand inside an identifier? */
export function isIdentifierCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    code === 95 ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code >= 128
  );
}

/** The first offset at or after `from` that is not white space, a line continuation or part of a comment. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) at++;
    else if (code === 35) at = endOfLine(text, at);
    else if (code === 92 && isLineEnd(text.charCodeAt(at + 1))) at += 2;
    else if (code === 0xfeff || code === 0x200b || code === 0x2060) at++;
    else return at;
  }
}

/** The offset of the line end at or after `from`, or the length of the text. */
function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}

function isLineEnd(code: number): boolean {
  return code === newline || code === carriageReturn;
}

/** Does the word `word` stand at `at`, not as the beginning of a longer one? */
export function startsWithWord(text: string, word: string, at: number): boolean {
  return text.startsWith(word, at) && !isIdentifierCode(text.charCodeAt(at + word.length));
}

/** The end of the identifier that starts at `at`; `at` itself when there is none. */
function _identifierEnd(text: string, at: number): number {
  let end = at;
  while (isIdentifierCode(text.charCodeAt(end))) end++;
  return end;
}
