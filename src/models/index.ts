// Every library model there is: a new one is a file beside this and a line here.
import { aiohttpClient } from "./aiohttp-client.js";
import { boto } from "./boto.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { containers } from "./containers.js";
import { crypto } from "./crypto.js";
import { flask } from "./flask.js";
import { green } from "./green.js";
import { httpx } from "./httpx.js";
import { locks } from "./locks.js";
import { loggers } from "./loggers.js";
import { otherHttpClients } from "./other-http-clients.js";
import { pep249 } from "./pep249.js";
import { processes } from "./processes.js";
import { requests } from "./requests.js";
import { ssh } from "./ssh.js";
import { anyReceiver } from "./stdlib/builtins.js";
import { stdlib } from "./stdlib/index.js";
import { structuredConcurrency } from "./structured-concurrency.js";
import { tokens } from "./tokens.js";
import { urllib3 } from "./urllib3.js";

export const catalogue: Catalogue = createCatalogue([
  flask,
  pep249,
  aiohttpClient,
  boto,
  containers,
  crypto,
  green,
  httpx,
  locks,
  loggers,
  otherHttpClients,
  processes,
  requests,
  ssh,
  structuredConcurrency,
  tokens,
  urllib3,
  ...stdlib,
  anyReceiver,
]);
