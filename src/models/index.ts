// Every library model there is: a new one is a file beside this and a line here.
import { aiohttpClient } from "./aiohttp-client.js";
import { boto } from "./boto.js";
import { type Catalogue, createCatalogue } from "./catalogue.js";
import { flask } from "./flask.js";
import { httpx } from "./httpx.js";
import { otherHttpClients } from "./other-http-clients.js";
import { pep249 } from "./pep249.js";
import { requests } from "./requests.js";
import { anyReceiver } from "./stdlib/builtins.js";
import { stdlib } from "./stdlib/index.js";
import { urllib3 } from "./urllib3.js";

export const catalogue: Catalogue = createCatalogue([
  flask,
  pep249,
  aiohttpClient,
  boto,
  httpx,
  otherHttpClients,
  requests,
  urllib3,
  ...stdlib,
  anyReceiver,
]);
