package creek.command.packaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Leaves the functions out of Kotlin's library that nobody in a package calls. They are static methods, thousands in one class, of which the state backend's
 * library calls some dozens; the virtual machine keeps all of a class in memory. A function is taken for used where anyone calls one of its name and
 * parameters on a class of Kotlin's.
 */
final class UnusedFunctions {
    private static final int API = Opcodes.ASM9;
    private static final String KOTLIN = "kotlin/";
    private static final Pattern FUNCTIONS = Pattern.compile("kotlin/[A-Za-z0-9/]+Kt(_+[A-Za-z0-9]+)?\\.class");

    /** What each function calls, by its name and parameters. */
    private final Map<String, Set<String>> calls = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private UnusedFunctions() {
    }

    /** @param files of a class path, by name; classes that lose something are put in anew */
    static void remove(Map<String, byte[]> files) {
        List<String> libraries = files.keySet().stream().filter(name -> FUNCTIONS.matcher(name).matches()).toList();
        if (libraries.isEmpty()) {
            return;
        }
        UnusedFunctions functions = new UnusedFunctions();
        files.forEach((name, content) -> {
            if (name.endsWith(".class")) {
                new ClassReader(content).accept(functions.new Calls(FUNCTIONS.matcher(name).matches()), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        });
        functions.follow();
        Map<String, byte[]> less = new TreeMap<>();
        for (String name : libraries) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(files.get(name)).accept(functions.new Used(writer), 0);
            less.put(name, writer.toByteArray());
        }
        files.putAll(less);
    }

    private void follow() {
        Deque<String> open = new ArrayDeque<>(used);
        while (!open.isEmpty()) {
            for (String called : calls.getOrDefault(open.pop(), Set.of())) {
                if (used.add(called)) {
                    open.push(called);
                }
            }
        }
    }

    private static boolean isFunction(int access, String name) {
        return (access & Opcodes.ACC_STATIC) != 0 && !name.equals("<clinit>");
    }

    /** Notes who calls whom. */
    private final class Calls extends ClassVisitor {
        private final boolean ofFunctions;

        Calls(boolean ofFunctions) {
            super(API);
            this.ofFunctions = ofFunctions;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            Set<String> called = ofFunctions && isFunction(access, name) ? calls.computeIfAbsent(name + type, key -> new HashSet<>()) : used;
            return new MethodVisitor(API) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String calledName, String calledType, boolean isInterface) {
                    note(owner, calledName, calledType);
                }

                @Override
                public void visitInvokeDynamicInsn(String ignored, String ignoredType, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        note(argument);
                    }
                }

                @Override
                public void visitLdcInsn(Object value) {
                    note(value);
                }

                private void note(Object constant) {
                    if (constant instanceof Handle handle) {
                        note(handle.getOwner(), handle.getName(), handle.getDesc());
                    } else if (constant instanceof ConstantDynamic dynamic) {
                        for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                            note(dynamic.getBootstrapMethodArgument(i));
                        }
                    }
                }

                private void note(String owner, String calledName, String calledType) {
                    if (owner.startsWith(KOTLIN)) {
                        called.add(calledName + calledType);
                    }
                }
            };
        }
    }

    private final class Used extends ClassVisitor {
        Used(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            return isFunction(access, name) && !used.contains(name + type) ? null : super.visitMethod(access, name, type, signature, exceptions);
        }
    }
}
