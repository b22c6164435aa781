package creek.sql.internal.codegen;

import java.util.Map;
import java.util.TreeMap;

/** The imports of a generated source file: one by one, since on-demand imports make the compiler search every package for every name. */
public final class Imports {
    private final Map<String, String> qualifiedBySimple = new TreeMap<>();

    /** The name to use for a class: the simple one, imported, unless another class has taken it. */
    public String use(Class<?> type) {
        String qualified = type.getCanonicalName();
        if (type.isPrimitive() || type.isArray() || type.getPackageName().equals("java.lang")) {
            return type.isArray() ? use(type.getComponentType()) + "[]" : type.getSimpleName();
        }
        String taken = qualifiedBySimple.putIfAbsent(type.getSimpleName(), qualified);
        return taken == null || taken.equals(qualified) ? type.getSimpleName() : qualified;
    }

    /** The import declarations, sorted, a line each. */
    public String declarations() {
        StringBuilder text = new StringBuilder();
        qualifiedBySimple.values().stream().sorted().forEach(name -> text.append("import ").append(name).append(";\n"));
        return text.toString();
    }
}
