// The version of this build: part of what makes two reviews equal.
import { createRequire } from "node:module";
import { z } from "zod";

const file: unknown = createRequire(import.meta.url)("../../package.json");

export const VERSION = z.object({ version: z.string() }).parse(file).version;
