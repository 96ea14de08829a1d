import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Clients that tools look at while they are connected: a member of a group, and a transaction that is open. */
class ClientsBeside {
    private static final int JOIN_SECONDS = 30;
    private final String server;
    private volatile boolean leaving;
    private Thread member;
    private KafkaProducer<String, String> producer;

    ClientsBeside(String server) {
        this.server = server;
    }

    void call(List<String> words) throws Exception {
        switch (words.get(0)) {
            case "join" -> join(words.get(1), words.get(2), words.get(3));
            case "leave" -> leave();
            case "begin" -> begin(words.get(1), words.get(2));
            case "commit" -> commit();
            default -> throw new IllegalArgumentException(words.get(0));
        }
    }

    void close() throws InterruptedException {
        leave();
        if (producer != null) producer.close(Duration.ofSeconds(1));
    }

    private Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", server);
        properties.put("client.id", "beside");
        for (String side : List.of("key", "value")) {
            properties.put(side + ".serializer", "org.apache.kafka.common.serialization.StringSerializer");
            properties.put(side + ".deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        }
        properties.putAll(more);
        return properties;
    }

    /** Returns when the member has its partitions. */
    private void join(String protocol, String group, String topic) throws Exception {
        leaving = false;
        var settings = Map.of("group.id", group, "group.protocol", protocol, "auto.offset.reset", "earliest");
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties(settings));
        consumer.subscribe(List.of(topic));
        long deadline = System.currentTimeMillis() + JOIN_SECONDS * 1000L;
        while (consumer.assignment().isEmpty()) {
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("no partitions assigned");
            consumer.poll(Duration.ofMillis(100));
        }
        consumer.poll(Duration.ofMillis(500));
        consumer.commitSync();
        member = new Thread(() -> {
            while (!leaving) consumer.poll(Duration.ofMillis(100));
            consumer.close();
        });
        member.start();
    }

    private void leave() throws InterruptedException {
        leaving = true;
        if (member != null) member.join();
        member = null;
    }

    /** Returns when a record of the transaction is in the topic. */
    private void begin(String id, String topic) throws Exception {
        producer = new KafkaProducer<>(properties(Map.of("transactional.id", id, "max.block.ms", "10000")));
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
    }

    private void commit() {
        producer.commitTransaction();
        producer.close();
        producer = null;
    }
}
