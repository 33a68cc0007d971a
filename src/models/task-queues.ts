// Work that other processes ask for through a broker: Celery, Dramatiq, RQ, Huey, pika, Kafka, MQTT, oslo.messaging.
// Facts: https://docs.celeryq.dev/en/stable/reference/, https://dramatiq.io/reference.html, https://python-rq.org/docs/,
// https://huey.readthedocs.io/en/latest/api.html, https://pika.readthedocs.io/en/stable/,
// https://kafka-python.readthedocs.io/en/master/apidoc/KafkaConsumer.html,
// https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html,
// https://eclipse.dev/paho/files/paho.mqtt.python/html/client.html,
// https://docs.openstack.org/oslo.messaging/latest/reference/
import { argument, type EntryModel, each, keyword, type LibraryModel, type SymbolModel } from "./model.js";
import { does, gives, is, like, RELEASES, SILENT, sourced, wrong, yields } from "./shorthand.js";

const TASK = "celery.app.task.Task";
/** What was put into the message; with `bind=True` the task itself comes first. */
const WORK: EntryModel = {
  protocol: "message",
  parameters: "message",
  types: { self: TASK },
  convertsByAnnotation: false,
};
const MAKES_TASK: SymbolModel = {
  decorates: WORK,
  call: { propagates: "none", misuses: [wrong("unsafe-deserializer", is(keyword("serializer"), "pickle"))] },
};
const CONFIGURATION = "celery.app.utils.Settings";
const PICKLED = ["pickle", "application/x-python-serialize"];
const SERIALIZER: SymbolModel = { member: { misuses: [{ kind: "unsafe-deserializer", is: PICKLED }] } };
const RESULT = "celery.result.AsyncResult";

const celery: Record<string, SymbolModel> = {
  "celery.Celery": gives("celery.Celery"),
  "celery.app.Celery": { ...gives("celery.Celery"), extends: ["celery.Celery"] },
  "celery.app.base.Celery": { ...gives("celery.Celery"), extends: ["celery.Celery"] },
  ...each("celery", "Celery.task shared_task app.shared_task task.task", MAKES_TASK),
  ...each("celery", "decorators.task task.periodic_task decorators.periodic_task", MAKES_TASK),
  "celery.current_app": { member: { type: "celery.Celery" } },
  "celery.Celery.conf": { member: { type: CONFIGURATION } },
  [CONFIGURATION]: {},
  [`${CONFIGURATION}.update`]: does({
    misuses: [
      wrong("unsafe-deserializer", { argument: keyword("accept_content"), contains: PICKLED }),
      wrong("unsafe-deserializer", is(keyword("task_serializer"), ...PICKLED)),
    ],
  }),
  ...each(CONFIGURATION, "task_serializer result_serializer", SERIALIZER),
  ...each("celery.Celery", "send_task", gives(RESULT)),
  [TASK]: {
    subclassEntries: { methods: ["run"], entry: { protocol: "message", parameters: "message" } },
  },
  ...each("celery", "Task task.Task task.base.Task", like(TASK)),
  ...each(TASK, "delay apply_async", gives(RESULT)),
  ...each(TASK, "retry replace update_state", SILENT),
  [RESULT]: gives(RESULT),
  ...each(
    RESULT,
    "get wait",
    yields("remote-response", { waits: { on: "queue", timeout: argument(0, "timeout") } }),
  ),
  ...each(RESULT, "ready successful failed state status forget revoke", SILENT),
};

const otherQueues: Record<string, SymbolModel> = {
  "dramatiq.actor": { decorates: WORK },
  "rq.decorators.job": { decorates: WORK },
  "huey.Huey": gives("huey.Huey"),
  ...each("huey", "RedisHuey SqliteHuey PriorityRedisHuey", {
    ...gives("huey.Huey"),
    extends: ["huey.Huey"],
  }),
  "huey.Huey.task": { decorates: WORK },
  ...each("huey.contrib.djhuey", "task db_task", { decorates: WORK }),
};

const CHANNEL = "pika.adapters.blocking_connection.BlockingChannel";
const PIKA = "pika.BlockingConnection";
const RECORD = "kafka.consumer.fetcher.ConsumerRecord";
const CONSUMER = "kafka.KafkaConsumer";
const POLLER = "confluent_kafka.Consumer";
const SENT = "confluent_kafka.Message";
const PUBLISHED = "paho.mqtt.client.MQTTMessage";

const brokers: Record<string, SymbolModel> = {
  [PIKA]: gives(PIKA, { acquires: "connection" }),
  "pika.adapters.blocking_connection.BlockingConnection": {
    ...gives(PIKA, { acquires: "connection" }),
    extends: [PIKA],
  },
  [`${PIKA}.channel`]: gives(CHANNEL),
  [`${PIKA}.close`]: RELEASES,
  [CHANNEL]: {},
  [`${CHANNEL}.basic_consume`]: does({
    registers: {
      callback: argument(1, "on_message_callback"),
      entry: {
        protocol: "message",
        parameters: "message",
        types: { 0: CHANNEL, 1: "pika.spec.Basic.Deliver", 2: "pika.spec.BasicProperties" },
      },
    },
  }),
  ...each(CHANNEL, "basic_ack basic_nack basic_publish basic_reject queue_declare exchange_declare", SILENT),
  "pika.spec.BasicProperties": {},
  ...each("pika.spec.BasicProperties", "headers reply_to correlation_id", sourced("message")),
  [CONSUMER]: { ...gives(CONSUMER, { acquires: "connection" }), elements: RECORD },
  [`${CONSUMER}.poll`]: yields("message"),
  [`${CONSUMER}.close`]: RELEASES,
  [RECORD]: {},
  ...each(RECORD, "value key headers", sourced("message")),
  [POLLER]: gives(POLLER, { acquires: "connection" }),
  [`${POLLER}.poll`]: gives(SENT, { waits: { on: "queue", timeout: argument(0, "timeout") } }),
  [`${POLLER}.consume`]: does({ returns: SENT, returnsMany: true }),
  [`${POLLER}.close`]: RELEASES,
  [SENT]: {},
  ...each(SENT, "value key headers", yields("message")),
  ...each(SENT, "topic partition offset error", SILENT),
  [PUBLISHED]: {},
  ...each(PUBLISHED, "payload topic", sourced("message")),
};

const CLIENT = "oslo_messaging.RPCClient";
const CALLS: SymbolModel = yields("remote-response", { waits: { on: "network" } });

const oslo: Record<string, SymbolModel> = {
  // Endpoints are listed where the server is made; those of newer services say so themselves.
  ...each("oslo_messaging", "expose rpc.expose rpc.dispatcher.expose", {
    decorates: {
      protocol: "rpc",
      parameters: "message",
      types: { 0: "oslo_context.context.RequestContext" },
    },
  }),
  [CLIENT]: gives(CLIENT),
  "oslo_messaging.get_rpc_client": gives(CLIENT),
  [`${CLIENT}.prepare`]: gives(CLIENT),
  [`${CLIENT}.call`]: CALLS,
  [`${CLIENT}.cast`]: SILENT,
};

export const taskQueues: LibraryModel = {
  library: "task-queues",
  symbols: { ...celery, ...otherQueues, ...brokers, ...oslo },
  parameters: [{ name: /^(msg|message)$/, type: PUBLISHED, whenImporting: "paho" }],
};
