"""The steps of a user of librdkafka, through confluent-kafka, each by itself.

Prints a line of JSON for each: its name, and its error if it fails.
  python librdkafka.py ADDRESS
"""

import functools
import json
import multiprocessing
import queue
import sys
import time

import confluent_kafka as ck
from confluent_kafka import admin as ad

ADDRESS = sys.argv[1]
STEP_SECONDS = 15
steps = []
topics = 0


def step(name):
    def add(run):
        steps.append((name, run))
        return run

    return add


def expect(what, actual, expected):
    if actual != expected:
        raise AssertionError(f"{what}: expected {expected!r}, not {actual!r}")


@functools.cache
def admin():
    """One for the whole step: what it was asked for ends with it."""
    return ad.AdminClient({"bootstrap.servers": ADDRESS})


def new_topic(partitions=1, **config):
    """Creates a topic for one step, and waits until it has leaders."""
    global topics
    topics += 1
    name = f"librdkafka-{topics}"
    client = admin()
    client.create_topics([ad.NewTopic(name, partitions, 1, config=config)])[name].result(10)
    deadline = time.time() + STEP_SECONDS
    while len(client.list_topics(timeout=10).topics[name].partitions) < partitions and time.time() < deadline:
        time.sleep(0.05)
    return name


def producer(**settings):
    return ck.Producer({"bootstrap.servers": ADDRESS, "message.timeout.ms": 15000, **settings})


def send(topic, values, using=None, **settings):
    """Produces values to the only partition of a topic, and gets their offsets."""
    client = using or producer(**settings)
    delivered = []
    errors = []

    def told(error, message):
        (errors if error else delivered).append(error or message.offset())

    for value in values:
        client.produce(topic, value.encode(), key=b"k", on_delivery=told)
    client.flush(15)
    if errors:
        raise ck.KafkaException(errors[0])
    return delivered


def member(group, **settings):
    return ck.Consumer(
        {
            "bootstrap.servers": ADDRESS,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "fetch.wait.max.ms": 100,
            **settings,
        }
    )


def receive(consumer, count):
    values = []
    deadline = time.time() + STEP_SECONDS
    while len(values) < count and time.time() < deadline:
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error():
            raise ck.KafkaException(message.error())
        values.append(message.value().decode())
    return values


def read(topic, count, **settings):
    consumer = member(f"reader-of-{topic}", **settings)
    try:
        consumer.assign([ck.TopicPartition(topic, 0, 0)])
        return receive(consumer, count)
    finally:
        consumer.close()


def committed(group, topic):
    consumer = member(group)
    try:
        return consumer.committed([ck.TopicPartition(topic, 0)], timeout=10)[0].offset
    finally:
        consumer.close()


@step("list topics")
def _():
    topic = new_topic(3)
    expect("partitions", len(admin().list_topics(timeout=10).topics[topic].partitions), 3)


def compressed(codec):
    def run():
        topic = new_topic()
        send(topic, ["a", "b"], **{"compression.type": codec})
        expect("values", read(topic, 2), ["a", "b"])

    return run


for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
    step(f"produce and consume: {codec}")(compressed(codec))


def acknowledged(acks):
    def run():
        topic = new_topic()
        send(topic, ["a"], acks=acks)
        expect("values", read(topic, 1), ["a"])

    return run


for acks in ("0", "1", "all"):
    step(f"acks: {acks}")(acknowledged(acks))


@step("idempotent producer")
def _():
    topic = new_topic()
    expect("offsets", send(topic, [str(n) for n in range(100)], **{"enable.idempotence": True}), list(range(100)))


@step("auto-create a topic")
def _():
    send("librdkafka-new", ["a"])
    expect("values", read("librdkafka-new", 1), ["a"])


@step("refuse a large message")
def _():
    topic = new_topic()
    try:
        send(topic, ["x" * 2_000_000], **{"message.max.bytes": 5_000_000})
    except ck.KafkaException as error:
        expect("error", error.args[0].name(), "MSG_SIZE_TOO_LARGE")
        return
    raise AssertionError("it is accepted")


@step("watermarks and offsets by time")
def _():
    topic = new_topic()
    send(topic, ["a", "b"])
    consumer = member("any")
    try:
        expect("watermarks", consumer.get_watermark_offsets(ck.TopicPartition(topic, 0), timeout=10), (0, 2))
        hour_ago = ck.TopicPartition(topic, 0, int(time.time() - 3600) * 1000)
        expect("offset", consumer.offsets_for_times([hour_ago], timeout=10)[0].offset, 0)
    finally:
        consumer.close()


def consuming(**settings):
    def run():
        topic = new_topic()
        send(topic, ["a", "b"])
        consumer = member(topic, **settings)
        consumer.subscribe([topic])
        expect("values", receive(consumer, 2), ["a", "b"])
        consumer.commit(asynchronous=False)
        consumer.close()
        expect("offset", committed(topic, topic), 2)

    return run


step("group: range")(consuming(**{"partition.assignment.strategy": "range"}))
step("group: round robin")(consuming(**{"partition.assignment.strategy": "roundrobin"}))
step("group: cooperative sticky")(consuming(**{"partition.assignment.strategy": "cooperative-sticky"}))
step("group: static member")(consuming(**{"group.instance.id": "one"}))
step("group: KIP-848")(consuming(**{"group.protocol": "consumer"}))


def transaction(commits, expected):
    def run():
        topic = new_topic()
        client = producer(**{"transactional.id": topic})
        client.init_transactions(10)
        client.begin_transaction()
        send(topic, ["a"], using=client)
        (client.commit_transaction if commits else client.abort_transaction)(10)
        send(topic, ["end"])
        expect("values", read(topic, len(expected), **{"isolation.level": "read_committed"}), expected)

    return run


step("transaction: commit")(transaction(True, ["a", "end"]))
step("transaction: abort")(transaction(False, ["end"]))


@step("transaction: fence")
def _():
    topic = new_topic()
    first = producer(**{"transactional.id": topic})
    first.init_transactions(10)
    first.begin_transaction()
    first.produce(topic, b"a")
    first.flush(10)
    second = producer(**{"transactional.id": topic})
    second.init_transactions(10)
    try:
        first.commit_transaction(10)
    except ck.KafkaException as error:
        expect("error", error.args[0].name(), "_FENCED")
        return
    raise AssertionError("the first producer is not fenced")


@step("transaction: offsets")
def _():
    topic = new_topic()
    send(topic, ["a"])
    consumer = member(topic)
    consumer.subscribe([topic])
    receive(consumer, 1)
    client = producer(**{"transactional.id": topic})
    client.init_transactions(10)
    client.begin_transaction()
    offsets = [ck.TopicPartition(topic, 0, 1)]
    client.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata(), 10)
    client.commit_transaction(10)
    consumer.close()
    expect("offset", committed(topic, topic), 1)


@step("alter settings")
def _():
    topic = new_topic()
    resource = ad.ConfigResource(ad.ResourceType.TOPIC, topic)
    entry = ad.ConfigEntry("max.message.bytes", "100000", incremental_operation=ad.AlterConfigOpType.SET)
    resource.add_incremental_config(entry)
    admin().incremental_alter_configs([resource])[resource].result(10)
    deadline = time.time() + STEP_SECONDS
    value = None
    while value != "100000" and time.time() < deadline:
        described = admin().describe_configs([resource])[resource].result(10)
        value = described["max.message.bytes"].value
    expect("value", value, "100000")


@step("add partitions")
def _():
    topic = new_topic()
    admin().create_partitions([ad.NewPartitions(topic, 3)])[topic].result(10)


@step("delete records")
def _():
    topic = new_topic()
    send(topic, ["a", "b"])
    partition = ck.TopicPartition(topic, 0, 1)
    expect("low watermark", admin().delete_records([partition])[partition].result(10).low_watermark, 1)


@step("describe the cluster")
def _():
    expect("nodes", len(admin().describe_cluster().result(10).nodes), 1)


@step("describe and delete a group")
def _():
    consuming()()
    group = f"librdkafka-{topics}"
    expect("state", admin().describe_consumer_groups([group])[group].result(10).state.name, "EMPTY")
    listed = admin().list_consumer_groups().result(10).valid
    expect("is listed", group in [each.group_id for each in listed], True)
    admin().delete_consumer_groups([group])[group].result(10)


@step("describe SCRAM credentials")
def _():
    expect("credentials", admin().describe_user_scram_credentials().result(10), {})


@step("delete a topic")
def _():
    topic = new_topic()
    admin().delete_topics([topic])[topic].result(10)


def run_step(number, name, run, lines):
    global topics
    topics = number * 10
    try:
        run()
        lines.put({"step": name})
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is the result of the step
        lines.put({"step": name, "error": f"{type(error).__name__}: {error}"})


# Each step has a process of its own: a client that does not get the answers it needs may never close.
processes = multiprocessing.get_context("fork")
for number, (name, run) in enumerate(steps):
    lines = processes.Queue()
    child = processes.Process(target=run_step, args=[number, name, run, lines])
    child.start()
    try:
        line = lines.get(timeout=STEP_SECONDS + 20)
    except queue.Empty:
        line = {"step": name, "error": "it did not end"}
    child.join(timeout=1)
    if child.is_alive():
        child.kill()
    print(json.dumps(line), flush=True)
