import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect } from "vitest";
import { asApp } from "./octokit.js";
import { test as base, numbered } from "./scene.js";

interface Received {
  readonly event: string;
  readonly guid: string;
  readonly signature: string;
  readonly body: string;
}

interface Listener {
  readonly url: string;
  readonly received: Received[];
  status: number;
}

const secret = "a secret of the tests";

const test = base.extend<{ app: Listener }>({
  app: async ({ fake }, use) => {
    const listener = { url: "", received: [] as Received[], status: 200 };
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const header = (name: string): string => String(request.headers[name]);
        listener.received.push({
          event: header("x-github-event"),
          guid: header("x-github-delivery"),
          signature: header("x-hub-signature-256"),
          body: Buffer.concat(chunks).toString("utf8"),
        });
        response.writeHead(listener.status).end("thanks");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;
    fake.connect({ url: listener.url, secret });
    await use(listener);
    await close(server);
  },
});

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Whether the signature is that of the body. */
function verify({ body, signature }: Received): boolean {
  return signature === `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

const seen = (listener: Listener): string[] =>
  listener.received.map(({ event, body }) => `${event}.${(JSON.parse(body) as { action?: string }).action}`);

describe("webhooks", () => {
  test("are signed, and delivered in order", async ({ fake, app, pull }) => {
    fake.webhooks.release();
    pull.comment("ann", "/hognose review");
    await fake.webhooks.idle();
    expect(seen(app)).toEqual([
      "installation.created",
      "check_suite.requested",
      "check_suite.requested",
      "pull_request.opened",
      "issue_comment.created",
    ]);
    for (const one of app.received) expect(verify(one)).toBe(true);
  });

  test("carry the installation, the repository and who did it", async ({ fake, app, repository, pull }) => {
    fake.webhooks.release();
    await fake.webhooks.idle();
    expect(JSON.parse(app.received.at(-1)!.body)).toMatchObject({
      action: "opened",
      number: pull.number,
      pull_request: { head: { sha: pull.headSha, ref: "feature" }, base: { ref: "main" }, draft: false },
      repository: { full_name: "shop/web", private: true },
      installation: { id: fake.installationFor(repository).id },
      sender: { login: "ann", type: "User" },
    });
  });

  test("tell of everything in the life of a pull request", async ({ fake, app, repository, pull }) => {
    await fake.webhooks.idle();
    app.received.length = 0;
    const before = pull.headSha;
    const after = pull.push({ "a.py": numbered(40) });
    pull.setDraft(true);
    pull.setDraft(false);
    repository.commit("release", { "b.py": "x\n" }, "Release");
    pull.changeBase("release");
    pull.close();
    pull.reopen();
    repository.queueForMerge(pull);
    pull.merge();
    await fake.webhooks.idle();
    expect(seen(app)).toEqual([
      "pull_request.synchronize",
      "check_suite.requested",
      "pull_request.converted_to_draft",
      "pull_request.ready_for_review",
      "check_suite.requested",
      "pull_request.edited",
      "pull_request.closed",
      "pull_request.reopened",
      "merge_group.checks_requested",
      "pull_request.closed",
      "check_suite.requested",
    ]);
    expect(JSON.parse(app.received[0]!.body)).toMatchObject({ before, after });
    expect(JSON.parse(app.received[5]!.body)).toMatchObject({ changes: { base: { ref: { from: "main" } } } });
    expect(JSON.parse(app.received.at(-2)!.body)).toMatchObject({ pull_request: { merged: true } });
  });

  test("are not sent for what the installation has not subscribed to", async ({
    fake,
    app,
    repository,
    pull,
  }) => {
    fake.installationFor(repository).events = ["issue_comment"];
    await fake.webhooks.idle();
    app.received.length = 0;
    pull.setDraft(true);
    pull.comment("ann", "Hello.");
    await fake.webhooks.idle();
    expect(seen(app)).toEqual(["issue_comment.created"]);
  });

  test("can be held, reordered, repeated and dropped", async ({ fake, app, pull }) => {
    fake.webhooks.held.length = 0;
    fake.webhooks.hold = true;
    const one = pull.comment("ann", "One.");
    pull.editComment(one, "Two.");
    pull.deleteComment(one);
    const [created, edited, deleted] = fake.webhooks.held.splice(0);
    await fake.webhooks.deliver(edited!);
    await fake.webhooks.deliver(created!);
    await fake.webhooks.deliver(created!);
    fake.webhooks.drop(deleted!);
    expect(seen(app)).toEqual(["issue_comment.edited", "issue_comment.created", "issue_comment.created"]);
    expect(app.received[1]!.guid).toBe(app.received[2]!.guid);
    const { deliveries } = fake.webhooks;
    expect(deliveries.slice(-3).map(({ redelivery, statusCode }) => [redelivery, statusCode])).toEqual([
      [false, 200],
      [true, 200],
      [false, 0],
    ]);
  });

  test("can be forged", async ({ fake, app }) => {
    const headers = { "x-hub-signature-256": "sha256=00" };
    const delivery = await fake.deliver("ping", { zen: "Design for failure." }, headers);
    expect(delivery.statusCode).toBe(200);
    expect(verify(app.received[0]!)).toBe(false);
  });
});

describe("the list of deliveries", () => {
  test("tells what failed, and an attempt sends it again under the same id", async ({ fake, app, pull }) => {
    await fake.webhooks.idle();
    app.status = 500;
    pull.comment("ann", "Hello.");
    await fake.webhooks.idle();
    app.status = 200;
    const { rest } = asApp(fake);
    const failed = await rest.apps.listWebhookDeliveries({ status: "failure" } as never);
    expect(failed.data).toMatchObject([
      { event: "issue_comment", action: "created", status_code: 500, redelivery: false },
    ]);
    const { id, guid } = failed.data[0]!;
    const { data } = await rest.apps.getWebhookDelivery({ delivery_id: id });
    expect(data.request.payload).toMatchObject({ comment: { body: "Hello." } });
    await rest.apps.redeliverWebhookDelivery({ delivery_id: id });
    await fake.webhooks.idle();
    const all = await rest.apps.listWebhookDeliveries();
    expect(all.data[0]).toMatchObject({ guid, redelivery: true, status_code: 200 });
    expect(app.received.at(-1)!.guid).toBe(guid);
  });

  test("tells of deliveries that nobody answered", async ({ fake, app, pull }) => {
    fake.connect({ url: "http://127.0.0.1:9/", secret });
    pull.comment("ann", "Hello.");
    await fake.webhooks.idle();
    expect(fake.webhooks.deliveries.at(-1)).toMatchObject({ statusCode: 0, event: "issue_comment" });
    expect(seen(app)).not.toContain("issue_comment.created");
  });

  test("comes in pages with a cursor", async ({ fake, app, pull }) => {
    fake.webhooks.release();
    for (const body of ["1", "2", "3"]) pull.comment("ann", body);
    await fake.webhooks.idle();
    const { rest, request } = asApp(fake);
    const first = await rest.apps.listWebhookDeliveries({ per_page: 2 });
    const [, next = ""] = /<([^>]+)>; rel="next"/.exec(first.headers.link ?? "") ?? [];
    const second = await request(`GET ${next}`);
    const ids = [...first.data, ...(second.data as { id: number }[])].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(4);
    expect(app.received.length).toBeGreaterThan(4);
  });
});
