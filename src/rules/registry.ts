// Every rule there is: a new one is a file beside this and a line here.
import { commandInjection } from "./command-injection.js";
import type { Rule } from "./rule.js";
import { sqlInjection } from "./sql-injection.js";

export const RULES: readonly Rule[] = [commandInjection, sqlInjection];
