package creek.core.data;

import java.util.Objects;

/** A named, typed column of a {@link Schema} or field of a ROW type. */
public record Column(String name, DataType type) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
