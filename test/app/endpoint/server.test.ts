import { createHmac } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Routes,
  type RunningServer,
  startServer,
  WEBHOOK_PATH,
} from "../../../src/app/endpoint/server.js";
import type { Delivery } from "../../../src/app/endpoint/webhook-endpoint.js";
import { newMeters } from "../../../src/app/meters.js";

const sign = (body: string) => `sha256=${createHmac("sha256", "secret").update(body).digest("hex")}`;

describe("the server", () => {
  let server: RunningServer;
  let received: Delivery[];
  let verified: number;
  let trouble: Error | undefined;
  let notReady: string | undefined;
  let routes: () => Routes;
  beforeEach(async () => {
    received = [];
    verified = 0;
    trouble = undefined;
    const receiver = {
      verify: async (body: string, signature: string) => {
        verified++;
        return sign(body) === signature;
      },
      receive: async (delivery: Delivery) => {
        if (trouble !== undefined) throw trouble;
        received.push(delivery);
      },
    };
    notReady = undefined;
    routes = () => ({ receiver, notReady: async () => notReady, meters: newMeters() });
    server = await startServer({ host: "127.0.0.1", port: 0 }, routes(), pino({ level: "silent" }));
  });
  afterEach(() => server.close(0));

  const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;
  const headers = (body: string, over: Record<string, string> = {}) => ({
    "content-type": "application/json",
    "x-github-event": "ping",
    "x-github-delivery": "guid",
    "x-hub-signature-256": sign(body),
    ...over,
  });
  const post = async (body: string, over: Record<string, string> = {}) => {
    const response = await fetch(url(WEBHOOK_PATH), { method: "POST", body, headers: headers(body, over) });
    return { status: response.status, text: await response.text() };
  };

  it("takes a signed delivery and hands it on", async () => {
    expect(await post('{"zen":"x"}')).toMatchObject({ status: 202 });
    expect(received).toEqual([{ id: "guid", name: "ping", payload: { zen: "x" } }]);
  });

  it("answers 401 to a wrong or missing signature and hands nothing on", async () => {
    expect((await post("{}", { "x-hub-signature-256": sign("[]") })).status).toBe(401);
    expect((await post("{}", { "x-hub-signature-256": "" })).status).toBe(401);
    expect((await post("{}", { "x-hub-signature-256": "sha1=00" })).status).toBe(401);
    expect(received).toEqual([]);
  });

  it("answers 400 to signed nonsense and to missing headers, 415 to another content type", async () => {
    expect((await post("not json")).status).toBe(400);
    expect((await post("7")).status).toBe(400);
    expect((await post("{}", { "x-github-event": "" })).status).toBe(400);
    expect((await post("{}", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
    expect(received).toEqual([]);
  });

  it("answers 500 without details when a delivery is not accepted", async () => {
    trouble = new Error("the disk is full at /var/lib");
    const { status, text } = await post("{}");
    expect(status).toBe(500);
    expect(text).not.toContain("disk");
  });

  it("refuses a body that says it is too large before it is sent", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const length = String(26 * 1024 * 1024);
      const sent = request(url(WEBHOOK_PATH), {
        method: "POST",
        headers: headers("", { "content-length": length }),
      });
      sent.on("response", (response) => resolve(response.statusCode)).on("error", reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
    expect(verified).toBe(0);
  });

  it("stops reading a body that turns out to be too large", async () => {
    const socket = connect(server.port, "127.0.0.1");
    const answer = new Promise<string>((resolve) => {
      socket.once("data", (data) => resolve(data.toString()));
      socket.on("error", () => undefined);
    });
    const lines = Object.entries(headers("")).map(([name, value]) => `${name}: ${value}`);
    socket.write(
      `POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${lines.join("\r\n")}\r\n\r\n`,
    );
    const chunk = Buffer.alloc(1024 * 1024, "x");
    for (let megabyte = 0; megabyte < 26; megabyte++) {
      socket.write("100000\r\n");
      socket.write(chunk);
      socket.write("\r\n");
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(verified).toBe(0);
    socket.destroy();
  });

  it("waits for those who are sending when it closes, but not for ever", async () => {
    const closing = await startServer({ host: "127.0.0.1", port: 0 }, routes(), pino({ level: "silent" }));
    const body = "{}";
    const begin = () =>
      request({
        ...{ port: closing.port, host: "127.0.0.1", path: WEBHOOK_PATH, method: "POST" },
        headers: headers(body, { "content-length": "2", expect: "100-continue" }),
      });
    const [sends, hangs] = [begin(), begin()];
    const cutOff = new Promise((resolve) => hangs.on("error", resolve));
    const answer = new Promise<number | undefined>((resolve) =>
      sends.on("response", (response) => resolve(response.statusCode)),
    );
    for (const sending of [sends, hangs]) {
      const isHeard = new Promise((resolve) => sending.on("continue", resolve));
      sending.flushHeaders();
      await isHeard;
    }
    const closed = closing.close(200);
    sends.end(body);
    expect(await answer).toBe(202);
    await closed;
    await cutOff;
  });

  it("says that it is healthy", async () => {
    const response = await fetch(url("/healthz"));
    expect([response.status, await response.text()]).toEqual([200, "ok\n"]);
  });

  it("says why it is not ready, and that it is", async () => {
    const ready = async () => {
      const response = await fetch(url("/readyz"));
      return [response.status, await response.text()];
    };
    expect(await ready()).toEqual([200, "ready\n"]);
    notReady = "the database cannot be reached";
    expect(await ready()).toEqual([503, "the database cannot be reached\n"]);
  });

  it("tells what it measures in the format of Prometheus", async () => {
    await post("{}");
    const response = await fetch(url("/metrics"));
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(await response.text()).toContain('hognose_deliveries_total{status="202"} 1');
  });

  it("takes no webhooks where there is nobody to receive them", async () => {
    const routes = { receiver: undefined, notReady: async () => undefined, meters: newMeters() };
    const worker = await startServer({ host: "127.0.0.1", port: 0 }, routes, pino({ level: "silent" }));
    const address = `http://127.0.0.1:${worker.port}`;
    expect((await fetch(address + WEBHOOK_PATH, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    await worker.close(0);
  });

  it("has no other routes, not even probot's setup", async () => {
    for (const path of ["/", "/probot", "/probot/setup", "/probot/import", "/ping"]) {
      expect((await fetch(url(path))).status).toBe(404);
      expect((await fetch(url(path), { method: "POST" })).status).toBe(404);
    }
    expect((await fetch(url(WEBHOOK_PATH))).status).toBe(404);
  });
});
