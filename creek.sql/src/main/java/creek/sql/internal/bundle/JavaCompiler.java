package creek.sql.internal.bundle;

import com.google.common.base.Throwables;
import creek.sql.internal.SqlError;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ClassLoaderIClassLoader;
import org.codehaus.janino.Parser;
import org.codehaus.janino.Scanner;
import org.codehaus.janino.UnitCompiler;
import org.codehaus.janino.util.ClassFile;

/** Generated source to class files. */
final class JavaCompiler {
    /** What Janino says of a method over the limit of class files. */
    private static final String TOO_LONG = "64 KB";

    private JavaCompiler() {
    }

    /**
     * Compiles a source file against what this bundle sees of the engine.
     *
     * @param functions what sees the classes of functions that the source calls
     * @return class files by entry name: {@code creek/job/a/Job.class}
     */
    static Map<String, byte[]> compile(String source, List<ClassLoader> functions) {
        // Janino would look for the engine's classes by the thread's context class loader
        ClassLoader engine = new ClassLoader(JavaCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                for (ClassLoader each : functions) {
                    try {
                        return each.loadClass(name);
                    } catch (ClassNotFoundException e) {
                        // perhaps the next has it
                    }
                }
                throw new ClassNotFoundException(name);
            }
        };
        try {
            Parser parser = new Parser(new Scanner("Job.java", new StringReader(source)));
            UnitCompiler compiler = new UnitCompiler(parser.parseAbstractCompilationUnit(), new ClassLoaderIClassLoader(engine));
            List<ClassFile> files = new ArrayList<>();
            compiler.compileUnit(true, true, false, files);
            Map<String, byte[]> classes = new TreeMap<>();
            files.forEach(file -> classes.put(file.getThisClassName().replace('.', '/') + ".class", file.toByteArray()));
            return classes;
        } catch (CompileException | IOException | RuntimeException e) {
            if (String.valueOf(Throwables.getRootCause(e).getMessage()).contains(TOO_LONG)) {
                throw SqlError.unsupported("the statement is too long: it makes more code than Java takes in one method; "
                        + "a long list of constants can be a table that is joined");
            }
            throw new IllegalStateException("this is an error of the planner: the generated code does not compile: " + e.getMessage() + "\n"
                    + numbered(source), e);
        }
    }

    private static String numbered(String source) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (String line : source.split("\n")) {
            text.append(String.format("%4d  %s%n", number++, line));
        }
        return text.toString();
    }
}
