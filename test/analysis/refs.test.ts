// What expressions refer to, on the Markdown files of `refs/`.
import { testRefs } from "../support/refs.js";

testRefs(new URL("refs/", import.meta.url));
