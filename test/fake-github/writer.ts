// Who is shown as the author of what a request writes.
import { badCredentials } from "./http.js";
import type { Call } from "./router.js";
import type { Account } from "./world.js";

/** With an installation token it is the app's bot. @throws GitHubError 401 without one */
export function writer({ world, identity }: Call): Account {
  if (identity.kind !== "installation") throw badCredentials();
  return world.app.bot;
}
