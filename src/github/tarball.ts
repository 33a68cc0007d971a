// One request for a whole revision, kept where it is wanted: cheaper than many blobs, and never trusted. What comes
// out differs from git's content where .gitattributes says so; the blob store refuses that by its id.
import { once } from "node:events";
import { Parser, type ReadEntry } from "tar";
import { MAX_SOURCE_BYTES } from "../base/decode.js";
import type { ListedFile } from "../base/listing.js";
import type { Source } from "./source.js";

/** An archive that is larger, as sent, is left; its blobs are asked for one by one. In bytes. */
const MAX_ARCHIVE_BYTES = 300_000_000;

/**
 * Puts the content of `files` into the blob store, as far as the archive has it.
 * @param files of the revision `commit`, by path
 * @throws RequestError, or any error of the stream: what was read until then is kept
 */
export async function fetchTarball(
  source: Source,
  commit: string,
  files: ReadonlyMap<string, ListedFile>,
): Promise<void> {
  const { data } = await source.octokit.rest.repos.downloadTarballArchive({
    ...source.name,
    ref: commit,
    request: { parseSuccessResponseBody: false },
  });
  const parser = new Parser({
    onReadEntry: (entry) => {
      const file = files.get(withoutRoot(entry.path));
      if (file === undefined || entry.type !== "File" || entry.size > MAX_SOURCE_BYTES) entry.resume();
      else collect(entry, (bytes) => source.blobs.put(file.blob, bytes));
    },
  });
  // Octokit hands over the body unread, which its types do not say.
  await feed(parser, data as AsyncIterable<Uint8Array>);
}

/** Entries are taken as they come, so that the parser never has to be waited for but at the end. */
async function feed(parser: Parser, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const ended = once(parser, "end");
  const write = async () => {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > MAX_ARCHIVE_BYTES) throw new Error(`the archive is larger than ${MAX_ARCHIVE_BYTES} bytes`);
      parser.write(Buffer.from(chunk));
    }
    parser.end();
  };
  await Promise.all([write(), ended]);
}

/** GitHub puts everything into one folder, "OWNER-NAME-COMMIT/". */
function withoutRoot(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

function collect(entry: ReadEntry, done: (bytes: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  entry.on("data", (chunk) => chunks.push(chunk));
  entry.on("end", () => done(Buffer.concat(chunks)));
}
