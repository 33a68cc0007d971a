// Which files hold Python code that runs, by their names.

/** Modules, scripts and notebooks. */
export function isPythonCode(path: string): boolean {
  return /\.(?:py|pyw|ipynb)$/.test(path);
}

export function isNotebook(path: string): boolean {
  return path.endsWith(".ipynb");
}

/** What is near to Python and is not reviewed, with the reason as a phrase; undefined for everything else. */
export function unreviewedKind(path: string): string | undefined {
  if (path.endsWith(".pyi")) return "is a stub: nothing in it runs";
  return /\.(?:pyx|pxd|pxi)$/.test(path) ? "is Cython, which is not reviewed" : undefined;
}
