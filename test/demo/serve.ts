// The page on a port of its own, for a browser that cannot open the file.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PageServer {
  /** "http://127.0.0.1:PORT/" */
  readonly url: string;
  stop(): Promise<void>;
}

export async function servePage(page: string): Promise<PageServer> {
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(isPage ? page : "");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    return closed;
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}
