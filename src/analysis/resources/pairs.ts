// Names of functions that undo one another, as projects write them: `_ipam_allocate_ips` and `_ipam_deallocate_ips`.
import { wordsOf } from "../../base/words.js";

const UNDONE_BY: Readonly<Record<string, readonly string[]>> = {
  allocate: ["deallocate", "unallocate", "free", "release", "delete", "remove"],
  reserve: ["unreserve", "release", "cancel", "rollback", "unclaim"],
  claim: ["unclaim", "release", "abort"],
  acquire: ["release"],
  attach: ["detach"],
  bind: ["unbind"],
  plug: ["unplug"],
  mount: ["unmount", "umount"],
  register: ["unregister", "deregister"],
  subscribe: ["unsubscribe"],
  connect: ["disconnect"],
  charge: ["refund"],
  export: ["unexport", "remove"],
  provision: ["deprovision"],
};

/** What of `name` says which of the two it is, and what the rest of its words are about ("ipam ips"). */
function verbsIn(name: string): readonly { readonly verb: string; readonly about: string }[] {
  const words = wordsOf(name);
  return words.map((verb, index) => ({
    verb,
    about: words.filter((_, other) => other !== index).join(" "),
  }));
}

/** Does `undo` take back what `act` does? Both are names of functions, and about the same thing. */
export function undoes(undo: string, act: string): boolean {
  const undoing = verbsIn(undo);
  return verbsIn(act).some(({ verb, about }) => {
    const verbs = Object.hasOwn(UNDONE_BY, verb) ? UNDONE_BY[verb]! : [];
    return undoing.some((each) => each.about === about && verbs.includes(each.verb));
  });
}
