package creek.core.option;

/** A number of bytes, written in options as Flink writes it: {@code 128MB}. */
public record MemorySize(long bytes) {
}
