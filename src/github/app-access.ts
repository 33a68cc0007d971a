// The app's identity: its own client (by JWT) and, per job, one for a single repository with the permissions needed.
import { RequestError } from "@octokit/request-error";
import { TOKEN_LIFETIME } from "./limits.js";
import { createOctokit, type Octokit, type OctokitOptions } from "./octokit.js";

interface AppCredentials {
  readonly appId: number;
  /** PEM, PKCS#8. */
  readonly privateKey: string;
}

/** The names under which a job's client works. */
interface InstalledRepository {
  readonly installation: number;
  /** GitHub's id of the repository; stays when it is renamed. */
  readonly repository: number;
}

export interface AppAccess {
  /** The login under which the app comments: "SLUG[bot]". Asked once. */
  botLogin(): Promise<string>;
  /** A client of the app itself: of its webhook and of its installations. */
  forApp(): Octokit;
  /**
   * A client whose token reads the names and the pull requests of all repositories of an installation.
   * @throws RequestError as below
   */
  forInstallation(installation: number, signal?: AbortSignal): Promise<Octokit>;
  /**
   * A client whose token reads and writes this one repository only.
   * @throws RequestError 404 when the app is no longer installed there, 403 when it is suspended
   */
  forRepository(target: InstalledRepository, signal?: AbortSignal): Promise<Octokit>;
  /** When the app was installed there, in milliseconds since 1970. Asked once. @throws RequestError */
  installedAt(installation: number): Promise<number>;
  /**
   * A client that may do what an installation need not grant.
   * @returns undefined when it has not; then it is not asked again for an hour
   */
  forExtra(extra: Extra, target: InstalledRepository, signal?: AbortSignal): Promise<Octokit | undefined>;
  /**
   * A client that reads the repository `.github` of an installation's account.
   * @returns undefined when the installation does not have it; then it is not asked again for an hour
   */
  forOrganisation(installation: number, signal?: AbortSignal): Promise<Octokit | undefined>;
}

/** What a job does with its token; app.yml says why. */
const PERMISSIONS = { checks: "write", contents: "read", metadata: "read", pull_requests: "write" } as const;
/** What is done only where it is granted. */
const EXTRAS = {
  /** GitHub asks of whoever resolves threads to be let write to the contents. */
  threads: { contents: "write", metadata: "read", pull_requests: "write" },
  "code-scanning": { metadata: "read", security_events: "write" },
} as const;
type Extra = keyof typeof EXTRAS;
/** A cached token is used only if it outlives any job: milliseconds. */
const TOKEN_RESERVE = TOKEN_LIFETIME / 2;

export function appAccess(options: OctokitOptions, credentials: AppCredentials): AppAccess {
  const app = createOctokit(options, credentials);
  let login: Promise<string> | undefined;
  /** Until when we need not ask again, by installation and what is asked for; milliseconds since 1970. */
  const refused = new Map<string, number>();
  const installed = new Map<number, number>();
  const ifGranted = async (
    key: string,
    installation: number,
    signal: AbortSignal | undefined,
    mintToken: () => Promise<unknown>,
  ): Promise<Octokit | undefined> => {
    if ((refused.get(key) ?? 0) > Date.now()) return undefined;
    try {
      const { token } = (await mintToken()) as Token;
      return createOctokit(options, { token, installation }, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.set(key, Date.now() + TOKEN_LIFETIME);
      return undefined;
    }
  };
  return {
    botLogin() {
      login ??= askLogin(app).catch((error: unknown) => {
        login = undefined;
        throw error;
      });
      return login;
    },
    forApp: () => app,
    async forInstallation(installation, signal) {
      const permissions = { metadata: "read", pull_requests: "read" } as const;
      const wanted = { type: "installation", installationId: installation, permissions } as const;
      const { token } = (await app.auth(wanted)) as Token;
      return createOctokit(options, { token, installation }, signal);
    },
    async forRepository(target, signal) {
      const token = await freshToken(app, target);
      return createOctokit(options, { token, installation: target.installation }, signal);
    },
    async installedAt(installation) {
      const known = installed.get(installation);
      if (known !== undefined) return known;
      const { data } = await app.rest.apps.getInstallation({ installation_id: installation });
      installed.set(installation, Date.parse(data.created_at));
      return Date.parse(data.created_at);
    },
    forExtra: (extra, target, signal) =>
      ifGranted(`${target.installation} ${extra}`, target.installation, signal, () =>
        app.auth({ ...wantedOf(target), permissions: EXTRAS[extra] }),
      ),
    forOrganisation: (installationId, signal) =>
      ifGranted(`${installationId} .github`, installationId, signal, () => {
        const permissions = { contents: "read", metadata: "read" } as const;
        return app.auth({ type: "installation", installationId, repositoryNames: [".github"], permissions });
      }),
  };
}

async function askLogin(app: Octokit): Promise<string> {
  const { data } = await app.rest.apps.getAuthenticated();
  if (data?.slug === undefined) throw new Error("GitHub did not say the name of the app");
  return `${data.slug}[bot]`;
}

async function freshToken(app: Octokit, target: InstalledRepository): Promise<string> {
  const cached = await mint(app, target, false);
  const left = Date.parse(cached.expiresAt) - Date.now();
  return left > TOKEN_RESERVE ? cached.token : (await mint(app, target, true)).token;
}

interface Token {
  readonly token: string;
  readonly expiresAt: string;
}

async function mint(app: Octokit, target: InstalledRepository, refresh: boolean): Promise<Token> {
  const wanted = { ...wantedOf(target), refresh };
  try {
    return (await app.auth({ ...wanted, permissions: PERMISSIONS })) as Token;
  } catch (error) {
    // What the installation has granted may do for this job.
    if (!isRefusal(error)) throw error;
    return (await app.auth(wanted)) as Token;
  }
}

function wantedOf({ installation, repository }: InstalledRepository) {
  return { type: "installation", installationId: installation, repositoryIds: [repository] } as const;
}

/** GitHub answers 422 when the installation has not granted all that a token is asked for. */
function isRefusal(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422;
}
