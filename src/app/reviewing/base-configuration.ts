// The configuration that counts for commands: of a commit of the base branch, read without the rest of it.
import { sha256 } from "../../base/hash.js";
import type { SourceTree } from "../../base/source.js";
import type { Configured } from "../../config/configuration.js";
import { CONFIGURATION_FILES, configurationIn } from "../../config/read.js";
import type { Conversation } from "../../github/conversation.js";
import { fileAt } from "../../github/file-at.js";
import { readSharedFile } from "./shared-file.js";

/** @param ref a commit, or the name of a branch @throws RequestError */
export async function configurationAt(at: Conversation, ref: string): Promise<Configured> {
  const texts = new Map<string, string>();
  const read = async (path: string): Promise<void> => {
    const text = await fileAt(at.octokit, at.name, ref, path);
    if (text !== undefined) texts.set(path, text);
  };
  for (const path of CONFIGURATION_FILES) await read(path);
  const own = configurationIn(treeOf(texts));
  const { baseline } = own.configuration;
  if (baseline !== undefined) await read(baseline);
  return configurationIn(treeOf(texts), own.isPartial ? await readSharedFile(at) : undefined);
}

function treeOf(texts: ReadonlyMap<string, string>): SourceTree {
  const blobOf = (path: string) => {
    const text = texts.get(path);
    return text === undefined ? undefined : sha256(text);
  };
  return {
    paths: [...texts.keys()].sort(),
    blobOf,
    read(path) {
      const text = texts.get(path);
      return text === undefined ? undefined : { kind: "text", path, blob: sha256(text), text };
    },
  };
}
