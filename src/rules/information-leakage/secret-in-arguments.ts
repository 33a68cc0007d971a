// Secrets on the command line of a process.
import { secretRule } from "../secret-rule.js";

export const secretInArguments = secretRule({
  id: "secret-in-arguments",
  family: "information-leakage",
  cwe: "CWE-214",
  title: "Secret on a command line",
  severity: "medium",
  sinks: ["program-argument", "shell"],
  message: (secret) => `${secret} stands on the command line of a process.`,
  sinkNote: "is the command line",
  help: "Pass it by standard input, a file or the environment.",
  judge: (_arrival, secret) => (/passw|passphrase|pwd|secret|token|private/i.test(secret) ? "medium" : "low"),
  docs: {
    what: "A password or token is an argument of a program that is started.",
    why: "Every user of the machine can list the arguments of all processes, and tools for audit and monitoring record them.",
    bad: `import subprocess


def dump(user, password, path):
    subprocess.run(["mysqldump", f"--user={user}", f"--password={password}", "shop"], check=True)
`,
    good: `import subprocess


def dump(options_file):
    subprocess.run(["mysqldump", f"--defaults-extra-file={options_file}", "shop"], check=True)
`,
    decides:
      "It follows secrets, as secret-logged does, into the arguments of processes and into shell commands.",
    silent:
      "Secrets in the environment or on the standard input of the process; paths of files that hold them.",
  },
});
