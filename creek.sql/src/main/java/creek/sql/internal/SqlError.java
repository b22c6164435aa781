package creek.sql.internal;

import creek.sql.SqlException.Category;
import creek.sql.Statement;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What is wrong with a statement, on its way out of Calcite's call-backs. Becomes a {@link creek.sql.SqlException} with the position in the
 * script, where one is known.
 */
public final class SqlError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Category category;
    private final transient SqlParserPos position;
    private final transient Statement statement;
    private final transient Set<SqlKind> about;

    private SqlError(Category category, String message, SqlParserPos position, Throwable cause) {
        this(category, message, null, position, Set.of(), cause);
    }

    private SqlError(Category category, String message, Statement statement, SqlParserPos position, Set<SqlKind> about, Throwable cause) {
        super(message, cause);
        this.category = category;
        this.statement = statement;
        this.position = position;
        this.about = about;
    }

    /** The statement contradicts the rules of SQL or the catalog. */
    public static SqlError invalid(String message) {
        return new SqlError(Category.VALIDATION, message, null, null);
    }

    /** As {@link #invalid(String)}, at that place of the statement. */
    public static SqlError invalid(String message, SqlParserPos position) {
        return new SqlError(Category.VALIDATION, message, position, null);
    }

    /** As {@link #invalid(String)}, found by Calcite. */
    public static SqlError invalid(String message, SqlParserPos position, Throwable cause) {
        return new SqlError(Category.VALIDATION, message, position, cause);
    }

    /** Nothing wrong with the statement, but Creek can't do it; the message says what it can. */
    public static SqlError unsupported(String message) {
        return new SqlError(Category.UNSUPPORTED, message, null, null);
    }

    /** As {@link #unsupported(String)}, at that place of the statement. */
    public static SqlError unsupported(String message, SqlParserPos position) {
        return new SqlError(Category.UNSUPPORTED, message, position, null);
    }

    /** The text is no SQL, at that place. */
    public static SqlError syntax(String message, SqlParserPos position, Throwable cause) {
        return new SqlError(Category.PARSE, message, position, cause);
    }

    /** This error with a place, unless it has one. */
    public SqlError at(SqlParserPos place) {
        return position != null ? this : new SqlError(category, getMessage(), place, getCause() == null ? this : getCause());
    }

    /** This error in a statement other than the one at hand, and with a place there, unless it has one. */
    public SqlError in(Statement where, SqlParserPos place) {
        return new SqlError(category, getMessage(), where, position == null && about.isEmpty() ? place : position, about,
                getCause() == null ? this : getCause());
    }

    /** The statement, where it is not the one at hand; or null. */
    public Statement statement() {
        return statement;
    }

    /** This error with what it is about, unless it knows or has a place. */
    public SqlError about(Set<SqlKind> parts) {
        return position != null || !about.isEmpty() || parts.isEmpty() ? this
                : new SqlError(category, getMessage(), statement, null, parts, getCause() == null ? this : getCause());
    }

    /** What parts of the statement it is about, where the place is not known: one of these. */
    public Set<SqlKind> about() {
        return about;
    }

    public Category category() {
        return category;
    }

    /** The place in the statement, or null. */
    public SqlParserPos position() {
        return position;
    }
}
