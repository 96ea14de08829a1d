import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.Stores;

/**
 * Counts the words of `lines` into `counts`, and joins `orders` with `customers` into `totals`, a running total for each
 * customer; exactly once. Without a cache every input has an output, so that whoever reads the outputs sees each step.
 *   java Application PORT STATE
 */
public final class Application {
  public static void main(String[] args) throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    countWords(builder);
    joinOrders(builder);
    KafkaStreams streams = new KafkaStreams(builder.build(), settings(args[0], args[1]));
    streams.setUncaughtExceptionHandler(error -> StreamThreadExceptionResponse.REPLACE_THREAD);
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      streams.close(Duration.ofSeconds(5));
      end.countDown();
    }));
    streams.start();
    end.await();
  }

  private static Properties settings(String port, String state) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put("auto.offset.reset", "earliest");
    settings.put("session.timeout.ms", 10_000);
    settings.put("heartbeat.interval.ms", 500);
    return settings;
  }

  private static void countWords(StreamsBuilder builder) {
    builder.<String, String>stream("lines")
        .flatMapValues(line -> Arrays.asList(line.split(" ")))
        .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count(Materialized.as(Stores.inMemoryKeyValueStore("counts-store")))
        .toStream()
        .mapValues(String::valueOf)
        .to("counts");
  }

  private static void joinOrders(StreamsBuilder builder) {
    KTable<String, String> customers = builder.table(
        "customers", Materialized.as(Stores.inMemoryKeyValueStore("customers-store")));
    builder.<String, String>stream("orders")
        .join(customers, (amount, name) -> name + ":" + amount)
        .groupByKey()
        .aggregate(
            () -> ":0",
            (key, order, total) -> {
              String[] parts = order.split(":");
              return parts[0] + ":" + (Long.parseLong(parts[1]) + Long.parseLong(total.split(":")[1]));
            },
            Materialized.as(Stores.inMemoryKeyValueStore("totals-store")))
        .toStream()
        .to("totals");
  }
}
