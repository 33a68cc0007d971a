import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/base/words.js";

describe("words of a name", () => {
  it("are split at underscores, dots and capitals", () => {
    expect(wordsOf("self._require_admin_user")).toEqual(["self", "require", "admin", "user"]);
    expect(wordsOf("requireAdminUser")).toEqual(["require", "admin", "user"]);
    expect(wordsOf("REQUIRE_ADMIN")).toEqual(["require", "admin"]);
  });

  it("keep an abbreviation together", () => {
    expect(wordsOf("HTTPResponseForbidden")).toEqual(["http", "response", "forbidden"]);
    expect(wordsOf("getACL2")).toEqual(["get", "acl2"]);
  });
});
