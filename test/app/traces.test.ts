import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { inSpan, startTraces } from "../../src/app/traces.js";

describe("traces", () => {
  it("cost nothing and change nothing where no collector is named", async () => {
    expect(await startTraces({})).toBeUndefined();
    expect(await inSpan("review", {}, async () => 7)).toBe(7);
    await expect(inSpan("review", {}, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("reach the collector that the environment names, stages below their job", async () => {
    const bodies: string[] = [];
    const collector = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => bodies.push(chunk.toString("utf8")));
      request.on("end", () => response.end("{}"));
    });
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
    const end = await startTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    await inSpan("review", { pull: 7 }, () => inSpan("gather", {}, async () => undefined));
    await end!();
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await new Promise((resolve) => collector.close(resolve));
    const sent = JSON.parse(bodies.join("")) as {
      resourceSpans: { scopeSpans: { spans: { name: string; spanId: string; parentSpanId?: string }[] }[] }[];
    };
    const spans = sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const [gather, review] = spans;
    expect([gather?.name, review?.name]).toEqual(["gather", "review"]);
    expect(gather?.parentSpanId).toBe(review?.spanId);
    expect(bodies.join("")).toContain("hognose");
  });
});
