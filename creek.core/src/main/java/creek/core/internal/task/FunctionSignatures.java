package creek.core.internal.task;

import creek.core.function.FunctionState;
import creek.udf.api.Collector;
import creek.udf.api.DataTypeHint;
import creek.udf.api.FunctionHint;
import creek.udf.api.TableAggregateFunction;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job calls of a function's class, and what it keeps for it, as texts: so that another version of the class can be compared with one that is gone.
 *
 * @param hints   the class's annotations of types
 * @param methods what the methods that the job calls return, by their names and parameters; null for one that is not there
 * @param fields  the types of the accumulator's fields, by name
 */
record FunctionSignatures(String hints, Map<String, String> methods, Map<String, String> fields) {
    /** @param call the interface by which the job calls the function */
    static FunctionSignatures of(Class<?> call, Class<?> type) {
        Map<String, String> methods = new TreeMap<>();
        for (Method each : call.getMethods()) {
            String name = each.getName().equals("call") ? "eval" : each.getName().equals("create") ? "createAccumulator"
                    : each.getName().equals("getValue") && TableAggregateFunction.class.isAssignableFrom(type) ? "emitValue" : each.getName();
            List<String> parameters = parameters(each, type, name);
            Method found = find(type, name, parameters);
            methods.put(name + "(" + String.join(", ", parameters) + ")",
                    found == null ? null : found.getReturnType().getName() + (hints(found).isEmpty() ? "" : " as " + hints(found)));
        }
        Method create = find(type, "createAccumulator", List.of());
        return new FunctionSignatures(hints(type), methods, create == null ? Map.of() : fields(create.getReturnType()));
    }

    /** @throws TaskException if a newcomer lacks what the job calls, or keeps something else; the message says what */
    void checkNewcomer(FunctionSignatures newcomer, String className) throws TaskException {
        if (!hints.equals(newcomer.hints)) {
            throw new TaskException("class " + className + " has other types in the new version: " + newcomer.hints + " and not " + hints, null);
        }
        for (Map.Entry<String, String> each : methods.entrySet()) {
            String found = newcomer.methods.get(each.getKey());
            if (found == null || !found.equals(each.getValue())) {
                throw new TaskException("class " + className + " of the new version has no public method " + each.getValue() + " " + each.getKey()
                        + ", which the job calls", null);
            }
        }
        if (!fields.equals(newcomer.fields)) {
            Map<String, String> removed = new TreeMap<>(fields);
            removed.entrySet().removeAll(newcomer.fields.entrySet());
            Map<String, String> added = new TreeMap<>(newcomer.fields);
            added.entrySet().removeAll(fields.entrySet());
            throw new TaskException("the accumulator of " + className + (added.isEmpty() ? "" : " has " + added + " in the new version")
                    + (removed.isEmpty() ? " besides: the job takes it when it is planned and started again"
                            : (added.isEmpty() ? " has no " : " and no ") + removed + " any more"), null);
        }
    }

    /** The names of the classes of a method's parameters. */
    private static List<String> parameters(Method called, Class<?> function, String name) {
        List<String> names = new ArrayList<>();
        for (Class<?> each : called.getParameterTypes()) {
            boolean isState = FunctionState.class.isAssignableFrom(each);
            names.add(!isState ? each.getName() : names.isEmpty() ? accumulator(function) : Iterable.class.getName());
        }
        if (name.equals("emitValue")) {
            names.add(Collector.class.getName());
        }
        return names;
    }

    private static String accumulator(Class<?> function) {
        Method create = find(function, "createAccumulator", List.of());
        return create == null ? "" : create.getReturnType().getName();
    }

    private static Method find(Class<?> type, String name, List<String> parameters) {
        return Arrays.stream(type.getMethods()).filter(each -> each.getName().equals(name) && !each.isBridge()
                && Arrays.stream(each.getParameterTypes()).map(Class::getName).toList().equals(parameters)).findFirst().orElse(null);
    }

    private static String hints(AnnotatedElement element) {
        List<Object> all = new ArrayList<>(Arrays.asList(element.getAnnotationsByType(FunctionHint.class)));
        all.addAll(Arrays.asList(element.getAnnotationsByType(DataTypeHint.class)));
        return all.isEmpty() ? "" : all.toString();
    }

    private static Map<String, String> fields(Class<?> accumulator) {
        Map<String, String> fields = new TreeMap<>();
        if (accumulator.getClassLoader() == null || accumulator.getClassLoader() == FunctionHint.class.getClassLoader()
                || accumulator.isArray()) {
            return fields;
        }
        for (Class<?> each = accumulator; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()) && !field.isSynthetic()) {
                    fields.put(field.getName(), (Modifier.isPublic(field.getModifiers()) ? "" : "hidden ") + field.getGenericType().getTypeName()
                            + (hints(field).isEmpty() ? "" : " as " + hints(field)));
                }
            }
        }
        return fields;
    }
}
