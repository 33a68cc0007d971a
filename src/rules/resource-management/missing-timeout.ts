// A request over the network that waits for ever when the other side does not answer.
import { spanOf, textOf } from "../../analysis/values/place.js";
import { code } from "../../base/markdown.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { withArgument } from "../mending.js";
import type { Rule } from "../rule.js";

function check({ world, roots }: RuleContext): readonly Finding[] {
  return roots.flatMap((body) =>
    [...world.interpretation(body).modelled].flatMap(([node, { waits }]): readonly Finding[] => {
      if (waits?.on !== "network" || !waits.isEndless || !waits.canBeLimited || waits.suspends) return [];
      const call = { syntax: body.module.syntax, node };
      const edit = withArgument(call, "timeout=10");
      const callee = node.kind === "call" ? { syntax: body.module.syntax, node: node.callee } : call;
      return [
        {
          ruleId: "missing-timeout",
          message: `${code(textOf(callee, 40))} waits without limit for the other side.`,
          help: "Pass a `timeout`.",
          severity: "medium",
          confidence: "medium",
          ...(body.name === "" ? {} : { where: body.name }),
          evidence: [
            {
              role: "sink",
              span: spanOf(call),
              side: "head",
              note: "no timeout is given, and there is none by default",
            },
          ],
          identity: [textOf(call, 200)],
          ...(edit ? { fix: edit } : {}),
        },
      ];
    }),
  );
}

export const missingTimeout: Rule = {
  id: "missing-timeout",
  family: "resource-management",
  cwe: "CWE-400",
  title: "No timeout",
  check,
  docs: {
    what: "A call to an HTTP client or another network function gives no timeout, and the library has none by default.",
    why: "A server that accepts the connection and then says nothing holds the thread for ever. A few such requests use up all workers of a service.",
    bad: `import requests


def fetch(url):
    return requests.get(url).json()
`,
    good: `import requests


def fetch(url):
    return requests.get(url, timeout=10).json()
`,
    decides:
      "Library models say which calls wait for the network, which argument limits the wait, and whether there is a limit by default. A call without the argument, or with `None`, is reported.",
    silent:
      "Libraries with a limit by default (httpx, aiohttp); calls with `*args` or `**options`, where the limit may be among them; waits that no argument can limit.",
    relatives: { bandit: ["B113"], ruff: ["S113"], others: ["Pylint missing-timeout"] },
  },
};
