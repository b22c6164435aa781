package creek.sql.internal.codegen;

import creek.core.data.DataType;

/**
 * A compiled expression: two Java expressions over variables of the statements before.
 *
 * <p>A term of a primitive type may be evaluated whether it is null or not (it is meaningless then); a term of a class must not be
 * dereferenced while the value is null. A term that is not {@linkplain #isVariable a variable} is to be evaluated once.
 *
 * @param term     the value
 * @param nullTerm whether the value is null; {@link #NEVER} where it can't be
 */
public record Expression(String term, String nullTerm, DataType type) {
    public static final String NEVER = "false";
    public static final String ALWAYS = "true";

    static Expression notNull(String term, DataType type) {
        return new Expression(term, NEVER, type);
    }

    public boolean isNullable() {
        return !nullTerm.equals(NEVER);
    }

    public boolean isAlwaysNull() {
        return nullTerm.equals(ALWAYS);
    }

    /** Whether the term is a name or a literal, which may be repeated. */
    public boolean isVariable() {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (!Character.isJavaIdentifierPart(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** A boolean expression's opposite. */
    public Expression not() {
        return new Expression(isVariable() ? "!" + term : "!(" + term + ")", nullTerm, type);
    }

    public Class<?> javaType() {
        return JavaTypes.of(type);
    }
}
