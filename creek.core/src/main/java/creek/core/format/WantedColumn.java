package creek.core.format;

import creek.core.data.DataType;
import java.util.List;

/**
 * A column that a decoder shall decode: a physical column of the table, a field nested in one, or an element of an array or a map that is one of these.
 *
 * @param column  place of the physical column in the table's schema
 * @param path    names of the nested ROW fields that lead to the value, outermost first; empty for the whole column. A null on the way makes
 *                the value null.
 * @param type    the type of the value
 * @param element null if all of the value is wanted. Else only an element of it, for formats that {@linkplain Format#readsElements read elements}: of an
 *                ARRAY the place, from 1, as an Integer, of a MAP with strings for keys the key, as a String. One that is not there is null.
 */
public record WantedColumn(int column, List<String> path, DataType type, Object element) {
    public WantedColumn {
        path = List.copyOf(path);
    }

    /** A column of which all is wanted. */
    public WantedColumn(int column, List<String> path, DataType type) {
        this(column, path, type, null);
    }

    /** The type of what is wanted: of the element, if it is one. */
    public DataType wantedType() {
        return element == null ? type : type.children().get(element instanceof Integer ? 0 : 1);
    }

    /** The array or the map that it is an element of; itself if it is none. */
    public WantedColumn whole() {
        return element == null ? this : new WantedColumn(column, path, type);
    }

    /** The same of a schema in which the column has another place. */
    public WantedColumn at(int newColumn) {
        return new WantedColumn(newColumn, path, type, element);
    }
}
