// What `--explain` says of a guard that is lost: its steps, and what might have taken its place.
import { expect, it } from "vitest";
import { noCache } from "../../../src/base/source.js";
import { diffTexts } from "../../../src/review/diff.js";
import { renderExplanation } from "../../../src/review/render/explanation.js";
import { review } from "../../../src/review/run.js";
import { RULES } from "../../../src/rules/registry.js";
import { memoryTree } from "../../support/memory-tree.js";

const GUARDED = `from shop.errors import PermissionDenied

def cancel(user, order):
    if not user.has_perm("orders.cancel"):
        raise PermissionDenied(order.id)
    order.save()
`;
const OPEN = `from shop.errors import PermissionDenied

def cancel(user, order):
    order.save()
`;
const CALLER = `from shop.orders import cancel

def cancel_last(user, orders):
    cancel(user, orders[-1])
`;

function explained(others: Readonly<Record<string, string>>): string | undefined {
  const path = "shop/orders.py";
  const result = review(
    {
      pull: { baseSha: "0".repeat(40), headSha: "1".repeat(40) },
      base: memoryTree({ [path]: GUARDED, ...others }),
      head: memoryTree({ [path]: OPEN, ...others }),
      changes: [{ basePath: path, headPath: path, hunks: diffTexts(GUARDED, OPEN) }],
      omissions: [],
    },
    RULES,
    noCache,
  );
  return renderExplanation(result, RULES, result.findings[0]!.fingerprint);
}

it("names the caller that reaches the operation without the check", () => {
  expect(explained({ "shop/admin.py": CALLER })).toContain(
    "Guards that were considered:\n  cancel_last in shop/admin.py reaches it without the check",
  );
});

it("says that no caller is known", () => {
  expect(explained({})).toContain("  no caller is known in the repository");
});
