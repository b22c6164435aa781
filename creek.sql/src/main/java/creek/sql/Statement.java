package creek.sql;

/**
 * One statement of a script.
 *
 * @param text   the statement, without the {@code ;} at its end
 * @param line   line of the script at which {@code text} starts, from 1
 * @param column column at which it starts, from 1
 */
public record Statement(String text, int line, int column) {
}
