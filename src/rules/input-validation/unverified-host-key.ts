// SSH connections that take any host key.
import { misuseRule } from "../misuse-rule.js";
import { isSwitched, sourceOf } from "../surroundings.js";

export const unverifiedHostKey = misuseRule({
  id: "unverified-host-key",
  family: "input-validation",
  cwe: "CWE-322",
  title: "SSH host key not verified",
  severity: "high",
  kinds: ["host-key-unverified"],
  message: (what) => `${what} accepts any SSH server's host key.`,
  note: "makes the connection accept unknown host keys",
  help: "Load the known host keys and refuse others (`paramiko.RejectPolicy()`).",
  judge: ({ body, call }) => {
    if (isSwitched(body, call)) return undefined;
    return /get_remote_server_key|fingerprint/.test(sourceOf(body)) ? undefined : "high";
  },
  fix: ({ call, option }) => {
    const written = option && call.syntax.text.slice(option.value.node.start, option.value.node.end);
    if (!option || !written || !/\b(AutoAdd|Warning)Policy\b/.test(written)) return undefined;
    const { start, end } = option.value.node;
    const replacement = written.replace(/\b(AutoAdd|Warning)Policy\b/, "RejectPolicy");
    return /^from paramiko/m.test(call.syntax.text)
      ? undefined
      : { path: call.syntax.path, start, end, replacement };
  },
  docs: {
    what: "An SSH client connects to servers whose host key it does not know.",
    why: "The host key is all that tells the server from somebody in between. Who accepts any key hands the password, or the session, to whoever answers first.",
    bad: `import paramiko


def uptime(host, password):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host, username="deploy", password=password, timeout=10)
    client.close()
`,
    good: `import paramiko


def uptime(host, password):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(host, username="deploy", password=password, timeout=10)
    client.close()
`,
    decides:
      "It looks at the policy for unknown host keys and at options that switch the comparison off, as the values that reach the client.",
    silent:
      "Policies that an operator chooses; code that compares the key or its fingerprint itself; tests and examples.",
    relatives: {
      bandit: ["B507"],
      ruff: ["S507"],
      codeql: ["py/paramiko-missing-host-key-validation"],
      semgrep: ["paramiko-implicit-trust-host-key"],
    },
  },
});
