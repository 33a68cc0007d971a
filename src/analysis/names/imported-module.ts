// Dotted names to modules: the repository's own files, folders of modules, libraries.
import { relativeFolder, relativeModulePath } from "../../python/relative.js";
import type { ModuleBody } from "../body.js";
import { type Abstract, refTo, UNKNOWN } from "../values/value.js";
import type { World } from "../world.js";

/**
 * What `import name` means in `from`, relative dots kept ("..m"): a module of the repository or, for a library and for
 * a folder of modules without `__init__.py`, a symbol. UNKNOWN for a relative import that leads nowhere.
 */
export function importedModule(world: World, from: ModuleBody, name: string): Abstract {
  const { path } = from.module;
  if (!name.startsWith(".")) {
    const module = moduleNamed(world, name, path);
    return refTo(module ? { kind: "module", module } : { kind: "symbol", name });
  }
  const { tree, layout } = world.program;
  const found = relativeModulePath(tree, path, name);
  if (found !== undefined) {
    const module = world.moduleBody(found);
    return module ? refTo({ kind: "module", module }) : UNKNOWN;
  }
  const folder = relativeFolder(path, name);
  if (folder === undefined || !layout.isFolder(folder)) return UNKNOWN;
  return refTo({ kind: "symbol", name: layout.nameOf(`${folder}/__init__.py`) });
}

/** The best file for a dotted name that can be read. */
function moduleNamed(world: World, name: string, from: string): ModuleBody | undefined {
  for (const path of world.program.layout.filesNamed(name, from)) {
    const module = world.moduleBody(path);
    if (module) return module;
  }
  return undefined;
}

/** `package.name`, whether or not the package's own code imports it. */
export function submodule(world: World, { module }: ModuleBody, name: string): Abstract | undefined {
  if (!module.isPackage) return undefined;
  const stem = module.path.slice(0, module.path.lastIndexOf("/") + 1) + name;
  const found = world.moduleBody(`${stem}/__init__.py`) ?? world.moduleBody(`${stem}.py`);
  return found && refTo({ kind: "module", module: found });
}

/** The member of a folder of modules, which is a symbol by its dotted name; undefined for what is none. */
export function folderMember(
  world: World,
  from: ModuleBody,
  folder: string,
  name: string,
): Abstract | undefined {
  const { layout } = world.program;
  if (world.catalogue.knows(folder) || !layout.isNamespace(folder, from.module.path)) return undefined;
  const module = moduleNamed(world, `${folder}.${name}`, from.module.path);
  return module && refTo({ kind: "module", module });
}
