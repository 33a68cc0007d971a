import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobId, openBlobs, pruneBlobs } from "../../src/store/blobs.js";
import { openFacts } from "../../src/store/facts.js";
import { temporaryFolder } from "../git/repository.js";
import { CONTENTS, contentOf, factOf, LIMIT } from "./cache-writer.js";

const WRITER = fileURLToPath(new URL("./cache-writer.ts", import.meta.url));
const ROUNDS = 4;
const HOURS = 3_600_000;

describe("the caches of a folder in which several processes write and are killed", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  const begin = (said: Set<unknown>): ChildProcess => {
    const child = fork(WRITER, [folder.path], { execArgv: ["--import", "tsx"] });
    child.on("message", (message) => said.add(message));
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  const files = () =>
    readdirSync(join(folder.path, "blobs"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it("hold whole contents only, keep within their bounds, and go on", async () => {
    const said = new Set<unknown>();
    for (let round = 0; round < ROUNDS; round++) {
      const writers = [begin(said), begin(said)];
      await Promise.all(writers.map((writer) => once(writer, "message")));
      // Each time at another moment of what they do.
      await sleep(150 + round * 37);
      await Promise.all(writers.map(kill));
    }
    expect([...said]).toEqual(["written"]);

    const blobs = openBlobs(join(folder.path, "blobs"));
    const facts = openFacts(join(folder.path, "facts.sqlite"), LIMIT);
    for (let n = 0; n < CONTENTS; n++) {
      const bytes = contentOf(n);
      expect(blobs.get(blobId(bytes)) !== undefined, "what is there is whole").toBe(blobs.has(blobId(bytes)));
      const { key, value } = factOf(n);
      expect([undefined, value]).toContain(facts.get(key));
      facts.put(key, value);
    }
    facts.close();
    expect(facts.problem()).toBeUndefined();

    await pruneBlobs(join(folder.path, "blobs"), LIMIT, Date.now() + 2 * HOURS);
    expect(
      files().filter((path) => basename(path).includes(".")),
      "drafts",
    ).toEqual([]);
    expect(files().reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThanOrEqual(LIMIT);
    expect(statSync(join(folder.path, "facts.sqlite")).size).toBeLessThan(2 * LIMIT);
  });
});
