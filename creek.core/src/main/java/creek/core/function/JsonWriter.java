package creek.core.function;

import creek.core.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes nodes of a document as JSON text: without blanks, keys in order, numbers as {@link java.math.BigDecimal} shows them. */
final class JsonWriter {
    /** Objects with more members are sorted as trees. */
    private static final int MAX_SORTED = 64;

    private byte[] out = new byte[256];
    private int length;
    /** Keys of the objects that are being written. */
    private int[] keys = new int[MAX_SORTED];
    private int top;

    /** @param wrapped whether to put the node into an array */
    Utf8 write(JsonDocument document, int node, boolean wrapped) {
        length = 0;
        top = 0;
        if (wrapped) {
            put('[');
        }
        value(document, node);
        if (wrapped) {
            put(']');
        }
        return Utf8.of(Arrays.copyOf(out, length));
    }

    private void value(JsonDocument document, int node) {
        switch (document.kind(node)) {
            case JsonDocument.OBJECT -> object(document, node);
            case JsonDocument.ARRAY -> {
                put('[');
                for (int child = node + 1; child < document.next(node); child = document.next(child)) {
                    if (child > node + 1) {
                        put(',');
                    }
                    value(document, child);
                }
                put(']');
            }
            case JsonDocument.STRING, JsonDocument.ESCAPED -> string(document, node);
            default -> {
                Utf8 text = document.text(node);
                put(text.bytes(), text.offset(), text.length());
            }
        }
    }

    private void string(JsonDocument document, int node) {
        if (document.kind(node) == JsonDocument.STRING) {
            // within the quotes nothing has to be escaped
            put(document.bytes(), document.start(node) - 1, document.end(node) - document.start(node) + 2);
            return;
        }
        StringBuilder text = new StringBuilder();
        JsonStrings.quote(document.string(node), text);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    private void object(JsonDocument document, int node) {
        int from = top;
        for (int key = node + 1; key < document.next(node); key = document.next(key + 1)) {
            if (document.kind(key) == JsonDocument.ESCAPED || top - from == MAX_SORTED) {
                top = from;
                tree(document, node);
                return;
            }
            insert(document, from, key);
        }
        put('{');
        int to = top;
        for (int i = from; i < to; i++) {
            if (i > from) {
                put(',');
            }
            string(document, keys[i]);
            put(':');
            value(document, keys[i] + 1);
        }
        put('}');
        top = from;
    }

    /** Puts a key to its place; instead of an equal one if there is one, since the last of equal keys counts. */
    private void insert(JsonDocument document, int from, int key) {
        if (top == keys.length) {
            keys = Arrays.copyOf(keys, keys.length * 2);
        }
        int place = top;
        while (place > from) {
            int order = compare(document, keys[place - 1], key);
            if (order == 0) {
                keys[place - 1] = key;
                return;
            }
            if (order < 0) {
                break;
            }
            place--;
        }
        System.arraycopy(keys, place, keys, place + 1, top - place);
        keys[place] = key;
        top++;
    }

    private static int compare(JsonDocument document, int a, int b) {
        return Arrays.compareUnsigned(document.bytes(), document.start(a), document.end(a), document.bytes(), document.start(b), document.end(b));
    }

    private void tree(JsonDocument document, int node) {
        StringBuilder text = new StringBuilder();
        JsonTree.write(document.tree(node), text);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    private void put(char c) {
        reserve(1);
        out[length++] = (byte) c;
    }

    private void put(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, out, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (length + count > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + count));
        }
    }
}
