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
import java.util.stream.Collectors;

/** Whether another version of a function's class can be called by a job that was made for the one it has. */
final class FunctionSignatures {
    private final Class<?> call;
    private final Class<?> old;
    private final Class<?> newcomer;

    private FunctionSignatures(Class<?> call, Class<?> old, Class<?> newcomer) {
        this.call = call;
        this.old = old;
        this.newcomer = newcomer;
    }

    /**
     * @param call the interface by which the job calls the function
     * @throws TaskException if the newcomer lacks what the job calls, or keeps something else; the message says what
     */
    static void check(Class<?> call, Class<?> old, Class<?> newcomer) throws TaskException {
        new FunctionSignatures(call, old, newcomer).check();
    }

    private void check() throws TaskException {
        requireSameHints(old, newcomer, "class " + newcomer.getName());
        for (Method each : call.getMethods()) {
            String name = each.getName().equals("call") ? "eval" : each.getName().equals("create") ? "createAccumulator"
                    : each.getName().equals("getValue") && TableAggregateFunction.class.isAssignableFrom(old) ? "emitValue" : each.getName();
            Method was = find(old, name, parameters(each, old, name));
            if (was == null) {
                throw new TaskException("class " + old.getName() + " has no method " + name + " any more", null);
            }
            Method is = find(newcomer, name, parameters(each, newcomer, name));
            if (is == null || !is.getReturnType().getName().equals(was.getReturnType().getName())) {
                throw new TaskException("class " + newcomer.getName() + " of the new version has no public method "
                        + was.getReturnType().getSimpleName() + " " + name + "("
                        + Arrays.stream(was.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ")) + "), which the job calls",
                        null);
            }
            requireSameHints(was, is, "its method " + name);
        }
        Method create = find(old, "createAccumulator", List.of());
        if (create != null) {
            checkAccumulator(create.getReturnType(), find(newcomer, "createAccumulator", List.of()).getReturnType());
        }
    }

    /** The names of the classes of a method's parameters in a version of the function's class. */
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

    private static void requireSameHints(AnnotatedElement was, AnnotatedElement is, String what) throws TaskException {
        String before = hints(was);
        String now = hints(is);
        if (!before.equals(now)) {
            throw new TaskException(what + " has other types in the new version: " + now + " and not " + before, null);
        }
    }

    private static String hints(AnnotatedElement element) {
        return Arrays.toString(element.getAnnotationsByType(FunctionHint.class)) + Arrays.toString(element.getAnnotationsByType(DataTypeHint.class));
    }

    private static void checkAccumulator(Class<?> was, Class<?> is) throws TaskException {
        if (!was.getName().equals(is.getName())) {
            throw new TaskException("its accumulator is a " + is.getName() + " in the new version and not a " + was.getName(), null);
        }
        if (was == is) {
            return;
        }
        Map<String, String> before = fields(was);
        Map<String, String> now = fields(is);
        if (!before.equals(now)) {
            Map<String, String> removed = new TreeMap<>(before);
            removed.entrySet().removeAll(now.entrySet());
            Map<String, String> added = new TreeMap<>(now);
            added.entrySet().removeAll(before.entrySet());
            throw new TaskException("its accumulator " + is.getName() + " has " + (added.isEmpty() ? "" : added + " in the new version")
                    + (removed.isEmpty() ? " besides: the job takes it when it is planned and started again" : (added.isEmpty() ? "no " : " and no ") + removed
                    + " any more"), null);
        }
    }

    private static Map<String, String> fields(Class<?> accumulator) {
        Map<String, String> fields = new TreeMap<>();
        for (Class<?> each = accumulator; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()) && !field.isSynthetic()) {
                    fields.put(field.getName(), (Modifier.isPublic(field.getModifiers()) ? "" : "hidden ") + field.getGenericType().getTypeName()
                            + (field.getAnnotationsByType(DataTypeHint.class).length == 0 ? "" : " " + hints(field)));
                }
            }
        }
        return fields;
    }
}
