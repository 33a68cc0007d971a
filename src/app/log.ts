// Structured logs on standard output. Errors are logged without the request they belong to: that holds code and tokens.
import { type Logger, pino } from "pino";

export function createLog(level: string): Logger {
  return pino({
    level,
    serializers: { err: describe },
    redact: [
      "authorization",
      "token",
      "password",
      "*.password",
      "*.headers.authorization",
      "*.authorization",
      "*.token",
      "*.privateKey",
      "*.secret",
    ],
  });
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const status = "status" in error ? { status: error.status } : {};
  return { type: error.name, message: error.message, ...status, stack: error.stack };
}
