// The official client, pointed at the fake: what the tests of the fake speak to it with.
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { FakeGitHub } from "./fake-github.js";
import type { FakeRepository } from "./fake-repository.js";
import type { Permissions } from "./world.js";

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Speaks as the app, with its JWT. */
export function asApp(fake: FakeGitHub): Octokit {
  const auth = { appId: fake.app.id, privateKey: fake.app.privateKey };
  return new Octokit({ baseUrl: fake.url, authStrategy: createAppAuth, auth, log });
}

/** Speaks as the installation that covers `repository`, with a token for that repository only. */
export async function asInstallation(
  fake: FakeGitHub,
  repository: FakeRepository,
  permissions?: Permissions,
): Promise<Octokit> {
  const { data } = await asApp(fake).rest.apps.createInstallationAccessToken({
    installation_id: fake.installationFor(repository).id,
    repositories: [repository.name],
    ...(permissions === undefined ? {} : { permissions }),
  });
  return new Octokit({ baseUrl: fake.url, auth: data.token, log });
}

/** The status and message with which GitHub refused. @throws Error when it did not */
export async function refusal(promise: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number")
      return { status: error.status, message: error.message };
    throw error;
  }
  throw new Error("GitHub did not refuse");
}
