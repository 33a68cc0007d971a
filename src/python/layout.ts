// Where a repository keeps its modules: from dotted names to files and back, for any layout of sources.

/** The files of one revision as Python's import system would find them. Paths are "/"-separated. */
export interface Layout {
  /** The dotted name under which the repository's own code imports `path` ("src/shop/views.py": "shop.views"). */
  nameOf(path: string): string;
  /** The files that `import dotted` means in the file `from`, best first; empty for what is not of the repository. */
  filesNamed(dotted: string, from?: string): readonly string[];
  /** Is `dotted` a folder of modules without an `__init__.py`, seen from the file `from`? */
  isNamespace(dotted: string, from?: string): boolean;
  /** Does the folder hold modules, at any depth? */
  isFolder(path: string): boolean;
}

const projectFiles = new Set([
  "setup.py",
  "setup.cfg",
  "pyproject.toml",
  "requirements.txt",
  "Pipfile",
  "tox.ini",
  "manage.py",
]);
const sourceFolders = ["src", "lib", "python"];
const foreignFolder =
  /(?:^|\/)(?:vendor|vendored|_vendor|third_party|node_modules|site-packages|\.?venv)(?:\/|$)/;

/** The layout of a revision with these `paths`; reads no file. */
export function createLayout(paths: readonly string[]): Layout {
  const files = new Set<string>();
  const folders = new Set<string>();
  const declared = new Set<string>([""]);
  for (const path of paths) {
    const folder = folderOf(path);
    if (isModulePath(path)) {
      files.add(path);
      for (let up = folder; up !== "" && !folders.has(up); up = folderOf(up)) folders.add(up);
    }
    if (
      projectFiles.has(path.slice(folder.length === 0 ? 0 : folder.length + 1)) &&
      !foreignFolder.test(folder)
    ) {
      declared.add(folder);
    }
  }
  const isPackage = (folder: string) => files.has(joined(folder, "__init__.py"));
  const roots = [...declared]
    .flatMap((folder) => [...sourceFolders.map((name) => joined(folder, name)), folder])
    .filter((folder) => folder === "" || (folders.has(folder) && !isPackage(folder)))
    .sort((left, right) => depthOf(left) - depthOf(right));
  const rootSet = new Set(roots);

  /** Folders of `from` and above that are no packages (as a script's own folder is on the path), then all roots. */
  function rootsFrom(from: string | undefined): readonly string[] {
    if (from === undefined) return roots;
    const own: string[] = [];
    for (let folder = folderOf(from); folder !== ""; folder = folderOf(folder)) {
      if (!isPackage(folder)) own.push(folder);
    }
    return [...own, ...roots.filter((root) => !own.includes(root))];
  }

  function filesNamed(dotted: string, from?: string): readonly string[] {
    const relative = dotted.replaceAll(".", "/");
    const found: string[] = [];
    for (const root of rootsFrom(from)) {
      const stem = joined(root, relative);
      if (files.has(`${stem}/__init__.py`)) found.push(`${stem}/__init__.py`);
      if (files.has(`${stem}.py`)) found.push(`${stem}.py`);
    }
    return found;
  }

  function isNamespace(dotted: string, from?: string): boolean {
    const relative = dotted.replaceAll(".", "/");
    return rootsFrom(from).some((root) => folders.has(joined(root, relative)));
  }

  /** The innermost root at or above the first folder that is no package. */
  function rootOf(path: string): string {
    let folder = folderOf(path);
    while (folder !== "" && isPackage(folder)) folder = folderOf(folder);
    while (folder !== "" && !rootSet.has(folder)) folder = folderOf(folder);
    return folder;
  }

  function nameOf(path: string): string {
    const root = rootOf(path);
    const relative = root === "" ? path : path.slice(root.length + 1);
    return relative
      .replace(/\.pyw?$/, "")
      .replace(/(?:^|\/)__init__$/, "")
      .replaceAll("/", ".");
  }

  return {
    nameOf,
    filesNamed,
    isNamespace,
    isFolder: (path) => folders.has(path),
  };
}

/** Is `path` a package's `__init__.py`? */
export function isPackageFile(path: string): boolean {
  return path === "__init__.py" || path.endsWith("/__init__.py");
}

/** Is `path` a file of Python source by its name? */
export function isModulePath(path: string): boolean {
  return path.endsWith(".py") || path.endsWith(".pyw");
}

/** The folder of a path, "" at the top. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function depthOf(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}
