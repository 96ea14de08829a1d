import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs Apache Kafka's command-line tools one after the other in this JVM, because starting one for each takes longer
 * than all the tools do. Reads one run per line, as JSON: its class, arguments and standard input. Writes one line for
 * each: its exit code and its output.
 */
public class ToolRunner {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_PER_RUN = 40;
    private static final int TIMED_OUT = 124;

    /** The exit code of the tool that runs. */
    private static volatile CompletableFuture<Integer> code;

    private record Result(int code, String output) {}

    public static void main(String[] arguments) throws Exception {
        PrintStream results = System.out;
        InputStream runs = System.in;
        Exit.setExitProcedure((status, message) -> end(status));
        Exit.setHaltProcedure((status, message) -> end(status));
        ClientsBeside beside = new ClientsBeside(arguments[0]);
        for (String line : new String(runs.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
            JsonNode run = JSON.readTree(line);
            long start = System.nanoTime();
            Result result = captured(run, beside);
            long millis = (System.nanoTime() - start) / 1_000_000;
            var fields = Map.of("code", result.code, "output", result.output, "millis", millis);
            results.println(JSON.writeValueAsString(fields));
            results.flush();
        }
        beside.close();
        Runtime.getRuntime().halt(0); // a tool that timed out may have left a thread
    }

    /** Stands for the end of the process: the tool does nothing more, not even its finally blocks. */
    private static void end(int status) {
        code.complete(status);
        while (true) LockSupport.park();
    }

    private static Result captured(JsonNode run, ClientsBeside beside) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        System.setIn(new ByteArrayInputStream(run.path("input").asText().getBytes(StandardCharsets.UTF_8)));
        code = new CompletableFuture<>();
        Thread tool = new Thread(() -> call(run, beside), "tool");
        tool.setDaemon(true);
        tool.start();
        int status = code.completeOnTimeout(TIMED_OUT, SECONDS_PER_RUN, TimeUnit.SECONDS).get();
        if (status == TIMED_OUT) captured.println("did not end within " + SECONDS_PER_RUN + " s");
        return new Result(status, bytes.toString(StandardCharsets.UTF_8));
    }

    private static void call(JsonNode run, ClientsBeside beside) {
        CompletableFuture<Integer> own = code;
        try {
            List<String> arguments = new ArrayList<>();
            run.get("arguments").forEach(word -> arguments.add(word.asText()));
            String tool = run.get("tool").asText();
            if (tool.equals("beside")) beside.call(arguments);
            else Class.forName(tool).getMethod("main", String[].class)
                .invoke(null, (Object) arguments.toArray(String[]::new));
            own.complete(0);
        } catch (Throwable failure) {
            Throwable cause = failure instanceof InvocationTargetException ? failure.getCause() : failure;
            System.err.println(cause);
            own.complete(1);
        }
    }
}
