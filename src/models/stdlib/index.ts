// The models of Python's own library.
import type { LibraryModel } from "../model.js";
import { archives } from "./archives.js";
import { asyncio } from "./asyncio.js";
import { builtins } from "./builtins.js";
import { code } from "./code.js";
import { files } from "./files.js";
import { functions } from "./functions.js";
import { futures } from "./futures.js";
import { hashing } from "./hashing.js";
import { httpClient } from "./http-client.js";
import { logging } from "./logging.js";
import { mail } from "./mail.js";
import { multiprocessing } from "./multiprocessing.js";
import { network } from "./network.js";
import { os } from "./os.js";
import { path } from "./path.js";
import { regex } from "./regex.js";
import { subprocess } from "./subprocess.js";
import { threading } from "./threading.js";

export const stdlib: readonly LibraryModel[] = [
  archives,
  asyncio,
  builtins,
  code,
  files,
  functions,
  futures,
  hashing,
  httpClient,
  logging,
  mail,
  multiprocessing,
  network,
  os,
  path,
  regex,
  subprocess,
  threading,
];
