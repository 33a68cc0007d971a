// Redis: scripts, raw commands, blocking pops, locks, messages.
// Facts: https://redis.readthedocs.io/en/stable/commands.html, https://redis.readthedocs.io/en/stable/lock.html
import {
  argument,
  each,
  keyword,
  type LibraryModel,
  type SymbolModel,
  type WrittenArgument,
} from "./model.js";
import { gives, likeType, named, RELEASES } from "./shapes.js";

const CLIENT = "redis.Redis";
const LOCK = "redis.lock.Lock";
const PUBSUB = "redis.client.PubSub";

/** 0 is for ever, and the default. */
function pops(timeout: WrittenArgument): SymbolModel {
  return {
    call: { source: "message", propagates: "none", waits: { on: "queue", timeout } },
  };
}
const READS: SymbolModel = {
  call: { source: "database", propagates: "none", waits: { on: "network" } },
};
const WRITES: SymbolModel = { call: { propagates: "none", waits: { on: "network" } } };
const GETS =
  "get mget getset getdel getex hget hgetall hmget hvals lrange lindex smembers srandmember zrange zrangebyscore lpop rpop spop";
const SETS =
  "set setex setnx mset delete expire incr decr hset hmset hdel lpush rpush sadd srem zadd zrem publish xadd exists ttl llen";

const OPENS = gives(CLIENT, {
  acquires: "connection",
  misuses: [{ kind: "tls-unverified", when: [{ argument: keyword("ssl_cert_reqs"), is: ["none", null] }] }],
});

export const redis: LibraryModel = {
  library: "redis",
  symbols: {
    [CLIENT]: OPENS,
    ...named(
      [
        "redis.StrictRedis",
        "redis.client.Redis",
        "redis.from_url",
        "redis.Redis.from_url",
        "redis.StrictRedis.from_url",
      ],
      OPENS,
    ),
    ...named(
      [
        "redis.asyncio.Redis",
        "redis.asyncio.from_url",
        "redis.asyncio.Redis.from_url",
        "aioredis.from_url",
        "aioredis.Redis",
      ],
      OPENS,
    ),
    // Lua, run by the server.
    ...each(CLIENT, "eval eval_ro register_script script_load", {
      call: {
        sinks: [{ kind: "nosql", argument: argument(0, "script") }],
        propagates: "none",
        waits: { on: "network" },
      },
    }),
    [`${CLIENT}.execute_command`]: {
      call: { sinks: [{ kind: "nosql", argument: argument(0) }], source: "database", propagates: "none" },
    },
    ...each(CLIENT, GETS, READS),
    ...each(CLIENT, SETS, WRITES),
    ...each(CLIENT, "keys scan_iter", READS),
    ...each(CLIENT, "blpop brpop", pops(argument(1, "timeout"))),
    [`${CLIENT}.brpoplpush`]: pops(argument(2, "timeout")),
    [`${CLIENT}.blmove`]: pops(argument(2, "timeout")),
    ...each(CLIENT, "xread xreadgroup", {
      call: { source: "message", propagates: "none", waits: { on: "queue" } },
    }),
    [`${CLIENT}.close`]: RELEASES,
    [`${CLIENT}.aclose`]: RELEASES,
    [`${CLIENT}.pipeline`]: gives("redis.client.Pipeline"),
    "redis.client.Pipeline": likeType(CLIENT),
    [`${CLIENT}.pubsub`]: gives(PUBSUB, { acquires: "connection" }),
    [PUBSUB]: {},
    ...each(PUBSUB, "listen parse_response", {
      call: { source: "message", propagates: "none", waits: { on: "queue", timeout: keyword("timeout") } },
    }),
    [`${PUBSUB}.get_message`]: { call: { source: "message", propagates: "none", waits: { on: "queue" } } },
    [`${PUBSUB}.close`]: RELEASES,
    [`${CLIENT}.lock`]: gives(LOCK),
    [LOCK]: {},
    [`${LOCK}.acquire`]: {
      call: {
        propagates: "none",
        acquires: "lock",
        waits: {
          on: "lock",
          timeout: keyword("blocking_timeout"),
          limitedWhen: [{ argument: keyword("blocking"), is: [false] }],
        },
      },
    },
    [`${LOCK}.release`]: RELEASES,
  },
  ducks: [
    {
      methods: ["register_script", "script_load"],
      receiver: /./,
      model: { call: { sinks: [{ kind: "nosql", argument: argument(0, "script") }], propagates: "none" } },
    },
    {
      methods: ["eval"],
      receiver: /^(.*_)?(redis|redis_client|redis_conn|rdb|redis_db|r_conn)(\(\))?$/i,
      model: { call: { sinks: [{ kind: "nosql", argument: argument(0, "script") }], propagates: "none" } },
    },
  ],
};
