// Work started in the background whose failure nobody can see.
import { type Body, classOf, type FunctionBody } from "../../analysis/body.js";
import { calledName, calleesOf, modelsOf } from "../../analysis/calls/callees.js";
import { caughtBy } from "../../analysis/handlers/caught.js";
import { attemptsIn, statementsOf } from "../../analysis/handlers/handlers.js";
import { unreadWaits } from "../../analysis/handlers/waits.js";
import { namedValue } from "../../analysis/names/named.js";
import type { World } from "../../analysis/world.js";
import { code } from "../../base/markdown.js";
import type { Call, Expression, ExpressionStatement } from "../../python/ast.js";
import { nodesIn } from "../../python/walk.js";
import type { RuleContext } from "../context.js";
import type { Finding } from "../finding.js";
import { placeIn, productBodies, stepAt, textIn } from "../handler-rule.js";
import { lossRule } from "../loss-rule.js";

export const unexaminedTask = lossRule({
  id: "unexamined-task",
  family: "exception-handling",
  cwe: "CWE-391",
  title: "Failure of background work unseen",
  docs: {
    what: "A task or job is started (`create_task`, `submit`, `gather(return_exceptions=True)`), its result is thrown away, and the function that it runs handles no errors itself.",
    why: "An exception in it is kept in an object that nobody asks. The work is not done, nothing is logged while the program runs, and an unreferenced asyncio task may even be collected before it ends.",
    bad: `import asyncio


async def revoke(session, tokens):
    for token in tokens:
        await session.delete(f"/tokens/{token}")


async def sign_out(session, tokens):
    asyncio.create_task(revoke(session, tokens))
    return "signed out"
`,
    good: `import asyncio


async def revoke(session, tokens):
    for token in tokens:
        await session.delete(f"/tokens/{token}")


async def sign_out(session, tokens):
    await revoke(session, tokens)
    return "signed out"
`,
    decides:
      "It knows the calls that defer work, sees that the call is a statement of its own, and looks into the started function for a handler of all errors. The same of `asyncio.wait`, which raises nothing, where what it waited for is never read. In a change it compares how the same work is begun. Where that function changes nothing that outlives it, the summary mentions it only.",
    silent:
      "Results that are kept, awaited or given a callback; functions with a handler of their own; functions that it cannot find; gathering what was cancelled just before.",
    relatives: { ruff: ["RUF006"], semgrep: ["uncaught-executor-exceptions"], others: ["Sonar S7502"] },
  },
  check: (context) =>
    productBodies(context).flatMap((body) => [...findingsIn(context, body), ...waitsIn(context, body)]),
  severity: "low",
  protections: ["outcome"],
  message: (guard, exposed) => `Nobody sees when the work of ${exposed} fails, as ${guard} let them.`,
  help: "Keep what is begun, and look at its result.",
});

/** Tasks that are waited for and never looked at. */
function waitsIn({ world }: RuleContext, body: Body): readonly Finding[] {
  return unreadWaits(world, body).map(({ call, done }): Finding => {
    const callee = textIn(body, call.callee, 40);
    return {
      ruleId: "unexamined-task",
      message: `${code(callee)} raises nothing, and nobody looks at the tasks behind it.`,
      help: "Ask each task that is done for its result or its exception.",
      where: body.name,
      severity: "low",
      confidence: "medium",
      evidence: [
        stepAt(
          "sink",
          placeIn(body, call),
          `${done ? code(done) : "what is done"} is never asked for its exception`,
        ),
      ],
      identity: [callee, textIn(body, call, 60)],
    };
  });
}

function findingsIn({ world }: RuleContext, body: Body): readonly Finding[] {
  return nodesIn(statementsOf(body)).flatMap((node) => {
    if (node.kind !== "expression") return [];
    const call = discarded(node);
    if (!call || !defers(world, body, call)) return [];
    if (calledName(call) === "gather") return gathers(body, call) ? finding(body, call, undefined) : [];
    const started = startedBy(world, body, call);
    return started && !handlesErrors(world, started) ? finding(body, call, started) : [];
  });
}

function discarded({ value }: ExpressionStatement): Call | undefined {
  const inner = value.kind === "await" ? value.value : value;
  return inner.kind === "call" && (value.kind !== "await" || calledName(inner) === "gather")
    ? inner
    : undefined;
}

function defers(world: World, body: Body, call: Call): boolean {
  return modelsOf(world, body, call).some(({ defers: when }) => when !== undefined);
}

/** With `return_exceptions=True`, and not to collect what was cancelled. */
function gathers(body: Body, call: Call): boolean {
  const returns = call.arguments.some(
    ({ name, value }) =>
      name?.id === "return_exceptions" && value.kind === "constant" && value.value === true,
  );
  const cancels =
    /close|stop|shut|cancel|clean|exit|teardown/i.test(body.name) ||
    nodesIn(statementsOf(body)).some((node) => node.kind === "call" && calledName(node) === "cancel");
  return returns && !cancels;
}

/** The function of the repository that runs in the background. */
function startedBy(world: World, body: Body, call: Call): FunctionBody | undefined {
  const first = call.arguments.find(({ form }) => form === "positional")?.value;
  if (!first) return undefined;
  if (first.kind !== "call") return functionNamed(world, body, first);
  for (const ref of calleesOf(world, body, first)) if (ref.kind === "function") return ref.body;
  return undefined;
}

function functionNamed(world: World, body: Body, expression: Expression): FunctionBody | undefined {
  const [ref] = namedValue(world, body, expression).refs;
  return ref?.kind === "function" && !classOf(ref.body) ? ref.body : undefined;
}

/** Does the function see to errors itself: a handler for all of them, or nothing in it that calls anything? */
function handlesErrors(world: World, started: FunctionBody): boolean {
  const handled = attemptsIn(started).some(({ statement }) =>
    statement.handlers.some((handler) => caughtBy(world, started, handler).breadth !== "narrow"),
  );
  const decorated = started.definition.kind === "function" && started.definition.decorators.length > 0;
  return handled || decorated || !nodesIn(statementsOf(started)).some(({ kind }) => kind === "call");
}

const CHANGES =
  /^(save|delete|update|insert|remove|create|commit|store|persist|destroy|release|charge|refund|transfer|revoke|invalidate|execute|bulk)(_|$)/;

/** Does it change what outlives it, so that its failure leaves something half done? */
function changesSomething(started: FunctionBody): boolean {
  return nodesIn(statementsOf(started)).some(
    (node) => node.kind === "call" && CHANGES.test(calledName(node)),
  );
}

function finding(body: Body, call: Call, started: FunctionBody | undefined): Finding {
  const text = textIn(body, call, 50);
  const name = started?.name;
  const sink = stepAt("sink", placeIn(body, call), "throws the result away, and the exception with it");
  return {
    ruleId: "unexamined-task",
    message: name
      ? `Nobody sees when ${code(name)} fails: its task is thrown away.`
      : `The exceptions that ${code("gather")} returns here are thrown away.`,
    help: name ? "Keep the task and look at its result, or handle errors inside." : "Look at the results.",
    where: body.name,
    severity: "low",
    confidence: !started || changesSomething(started) ? "medium" : "low",
    evidence: started
      ? [stepAt("call", placeIn(started, nameOf(started)), "has no handler for its errors"), sink]
      : [sink],
    identity: [text],
  };
}

function nameOf({ definition }: FunctionBody) {
  return definition.kind === "function" ? definition.name : definition;
}
