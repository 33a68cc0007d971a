// People, organisations and bots as the API shows them.
import { type Account, nodeId, type World } from "../world.js";

/** GitHub's "simple user". */
export function accountShape(world: World, account: Account) {
  const api = `${world.url}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("U", account.id),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: "",
    url: api,
    html_url: `${world.url}/web/${account.login.replace(/^(.*)\[bot\]$/, "apps/$1")}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
