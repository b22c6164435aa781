package creek.command;

import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.sql.SqlPlanner;
import creek.sql.SqlSession;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of SQL statements.
 *
 * @param file   as the user named it, for messages
 * @param folder what relative paths in it are relative to
 * @param text   its statements
 */
record Script(String file, Path folder, String text) {

    static Script read(String file) throws CommandException {
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw CommandException.usage(file + ": is a folder; the SQL script in it must be named");
        }
        if (!Files.exists(path)) {
            throw CommandException.usage(file + ": there is no such file; a file with SQL statements is needed");
        }
        try {
            return new Script(file, path.toAbsolutePath().normalize().getParent(), Files.readString(path));
        } catch (CharacterCodingException e) {
            throw CommandException.usage(file + ": is not UTF-8 text; a file with SQL statements is needed", e);
        } catch (IOException e) {
            throw CommandException.usage(file + ": can't be read: " + e.getMessage(), e);
        }
    }

    /** The name for the script's job: the file's, without what comes after the last dot. */
    String jobName() {
        String name = Path.of(file).getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The script's job. Warnings are printed. */
    CompiledJob compile(SqlPlanner planner) throws CommandException {
        return compile(planner, Map.of());
    }

    /** As {@link #compile(SqlPlanner)}, with settings that the script may SET to something else. */
    CompiledJob compile(SqlPlanner planner, Map<String, String> settings) throws CommandException {
        try {
            SqlSession session = planner.openSession(folder);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                session.execute(session.split("SET '" + setting.getKey() + "' = '" + setting.getValue().replace("'", "''") + "'").get(0));
            }
            CompiledJob job = session.compile(text, jobName());
            warn(job);
            return job;
        } catch (SqlException e) {
            throw error(e);
        }
    }

    /** Prints a job's warnings on standard error. */
    static void warn(CompiledJob job) {
        job.warnings().forEach(warning -> System.err.println("creek: warning: " + warning));
    }

    CommandException error(SqlException e) {
        return CommandException.usage(position(e.line(), e.column()) + e.getMessage(), e);
    }

    /** {@code FILE:LINE:COLUMN: } or, where there is no line to name, {@code FILE: }. */
    private String position(int line, int column) {
        return line <= 0 ? file + ": " : column <= 0 ? file + ":" + line + ": " : file + ":" + line + ":" + column + ": ";
    }
}
