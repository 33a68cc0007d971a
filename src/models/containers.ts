// Container engines: docker and the Kubernetes client.
// Facts: https://docker-py.readthedocs.io/en/stable/, https://github.com/kubernetes-client/python
import { argument, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, RELEASES, sinks, yields } from "./shorthand.js";

const CLIENT = "docker.DockerClient";
const CONTAINERS = "docker.models.containers.ContainerCollection";
const CONTAINER = "docker.models.containers.Container";
const API = "docker.api.client.APIClient";
/** Its requests end after a minute unless told otherwise. */
const WAITS = { on: "network" } as const;

/** A string is split as a shell would split it; a list is taken as it is. */
function inside(position: number, name: string) {
  return [
    { kind: "program", argument: argument(position, name), element: 0 },
    { kind: "program-argument", argument: argument(position, name), form: "sequence" },
  ] as const;
}

const docker: Record<string, SymbolModel> = {
  ...each("docker", "from_env client.from_env client.DockerClient", {
    ...gives(CLIENT, { sinks: sinks("url", keyword("base_url")), acquires: "connection" }),
    extends: [CLIENT],
  }),
  [CLIENT]: gives(CLIENT, { sinks: sinks("url", argument(0, "base_url")), acquires: "connection" }),
  [`${CLIENT}.containers`]: { member: { type: CONTAINERS } },
  [`${CLIENT}.images`]: { member: { type: "docker.models.images.ImageCollection" } },
  [`${CLIENT}.api`]: { member: { type: API } },
  [`${CLIENT}.close`]: RELEASES,
  ...each(
    CONTAINERS,
    "create run",
    gives(CONTAINER, {
      sinks: [...sinks("program", argument(0, "image")), ...inside(1, "command")],
      waits: WAITS,
    }),
  ),
  ...each(CONTAINERS, "get", gives(CONTAINER, { waits: WAITS })),
  [`${CONTAINER}.exec_run`]: does({ sinks: inside(0, "cmd"), waits: WAITS }),
  [`${CONTAINER}.logs`]: yields("remote-response", { waits: WAITS, unbounded: { limit: keyword("tail") } }),
  [`${CONTAINER}.wait`]: does({ waits: { on: "process", timeout: keyword("timeout") } }),
  ...each(
    "docker.models.images.ImageCollection",
    "build",
    does({ sinks: sinks("path", keyword("path")), waits: WAITS }),
  ),
  ...each("docker", "APIClient", { ...gives(API), extends: [API] }),
  [`${API}.exec_create`]: does({ sinks: inside(1, "cmd"), waits: WAITS }),
  [`${API}.create_container`]: does({
    sinks: [...sinks("program", argument(0, "image")), ...inside(1, "command")],
    waits: WAITS,
  }),
};

const CORE = "kubernetes.client.CoreV1Api";
const kubernetes: Record<string, SymbolModel> = {
  "kubernetes.stream.stream": does({
    sinks: [
      { kind: "program", argument: keyword("command"), element: 0 },
      { kind: "program-argument", argument: keyword("command"), form: "sequence" },
    ],
    waits: { on: "network", timeout: keyword("_request_timeout") },
  }),
  "kubernetes.client.Configuration": gives("kubernetes.client.Configuration"),
  "kubernetes.client.Configuration.verify_ssl": {
    member: { misuses: [{ kind: "tls-unverified", is: [false] }] },
  },
  [CORE]: gives(CORE),
  ...each(
    CORE,
    "list_namespaced_secret list_secret_for_all_namespaces read_namespaced_secret",
    yields("secret", {
      waits: { on: "network", timeout: keyword("_request_timeout") },
    }),
  ),
};

export const containers: LibraryModel = { library: "containers", symbols: { ...docker, ...kubernetes } };
