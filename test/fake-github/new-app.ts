// The app as GitHub registers it: an id, a bot account and a key pair.
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Account, App, Permissions } from "./world.js";

interface AppSettings {
  readonly slug: string;
  /** PEM; one is made unless said. */
  readonly privateKey: string | undefined;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export function newApp(settings: AppSettings, owner: Account, nextId: () => number, createdAt: Date): App {
  const { slug, permissions, events } = settings;
  const bot: Account = { id: nextId(), login: `${slug}[bot]`, type: "Bot" };
  const id = nextId();
  const name = `${slug.charAt(0).toUpperCase()}${slug.slice(1)}`;
  const identity = { id, clientId: `Iv23fake${id}`, slug, name, owner, bot, createdAt };
  return { ...identity, ...keys(settings.privateKey), permissions, events };
}

interface Keys {
  /** PEM. */
  readonly privateKey: string;
  readonly publicKey: KeyObject;
}

/** Making a pair takes a moment: all fakes of a process that bring no key share one. */
let shared: Keys | undefined;

function keys(pem: string | undefined): Keys {
  if (pem !== undefined) return { privateKey: pem, publicKey: createPublicKey(pem) };
  shared ??= newKeys();
  return shared;
}

function newKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey: privateKey.export({ type: "pkcs1", format: "pem" }).toString(), publicKey };
}
