// A commit as the API shows it.
import { nodeId, type Repository, type World } from "../world.js";
import { apiUrl, webUrl } from "./repository.js";

/** GitHub's "commit". Authors are not matched to accounts. */
export function commitShape(world: World, repository: Repository, sha: string) {
  const info = repository.git.commitInfo(sha);
  const api = apiUrl(world, repository);
  const web = webUrl(world, repository);
  const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
  return {
    url: `${api}/commits/${sha}`,
    sha,
    node_id: nodeId("C", Number.parseInt(sha.slice(0, 8), 16)),
    html_url: `${web}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: info.author,
      committer: info.author,
      message: info.message,
      comment_count: 0,
      tree: { sha: info.tree, url: `${api}/git/trees/${info.tree}` },
      verification: unsigned,
    },
    author: null,
    committer: null,
    parents: info.parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${web}/commit/${parent}`,
    })),
  };
}
