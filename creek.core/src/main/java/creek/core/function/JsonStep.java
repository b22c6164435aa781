package creek.core.function;

import java.util.List;

/** A step of a {@link JsonPath}: from places in JSON to places in them. */
interface JsonStep {
    /** Whether it can lead to several places: then the path gives a list. */
    default boolean isWide() {
        return true;
    }

    /** A member of an object. */
    record Name(String name) implements JsonStep {
        @Override
        public boolean isWide() {
            return false;
        }
    }

    /** Members of an object, as an object of these alone. */
    record Names(List<String> names) implements JsonStep {
        @Override
        public boolean isWide() {
            return false;
        }
    }

    /** An element of an array, from 0; from its end if negative. */
    record Index(int place) implements JsonStep {
        @Override
        public boolean isWide() {
            return false;
        }
    }

    /** Elements of an array. */
    record Indexes(List<Integer> places) implements JsonStep {
    }

    /** Elements of an array from a place on and before another; null where that is open. */
    record Slice(Integer first, Integer limit) implements JsonStep {
        /** Negative where the place is counted from the end. */
        int from(int size) {
            return first == null ? 0 : limit == null && first < 0 ? Math.max(0, size + first) : first;
        }

        /** A negative end is counted from the end, with a start only if that is, too. */
        int to(int size) {
            return limit == null ? size : Math.min(size, first == null && limit < 0 ? size + limit : limit);
        }
    }

    /** All members or elements. */
    record Any() implements JsonStep {
    }

    /** The next step is taken from all places within. */
    record Deep() implements JsonStep {
    }
}
