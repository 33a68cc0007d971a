// Secrets in the text of an exception.
import { secretRule } from "../secret-rule.js";
import { isBuilt } from "../trail.js";

export const secretInException = secretRule({
  id: "secret-in-exception",
  family: "information-leakage",
  cwe: "CWE-209",
  title: "Secret in an error message",
  severity: "medium",
  sinks: ["message"],
  message: (secret) => `${secret} becomes part of an error message.`,
  sinkNote: "is what the error says",
  help: "Leave it out of the message.",
  judge: ({ taint }) => (isBuilt(taint.trail) ? "medium" : undefined),
  docs: {
    what: "The message of an exception is put together with a password, token or key.",
    why: "Messages of exceptions end in logs, error trackers and answers to clients, none of which may have the secret.",
    bad: `def connect(open_session, name, password):
    session = open_session(name, password)
    if session is None:
        raise ConnectionError(f"{name} was refused with {password}")
    return session
`,
    good: `def connect(open_session, name, password):
    session = open_session(name, password)
    if session is None:
        raise ConnectionError(f"{name} was refused")
    return session
`,
    decides: "It follows secrets, as secret-logged does, into the text with which exceptions are made.",
    silent:
      "An exception that keeps the value without writing it into its text; masked, hashed and shortened values.",
  },
});
