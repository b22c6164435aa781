package creek.core.internal.task;

import java.nio.file.Path;

/** What readers and writers of a job's tables are told of the job. */
record TablePlace(JobSettings settings, TaskEnvironment environment, Subtask subtask, Runnable wakeUp) {
    /** Where, in a job's folder, connectors keep files of their own. */
    static final String TABLES = "tables";

    /** The same in another subtask. */
    TablePlace of(Subtask other) {
        return new TablePlace(settings, environment, other, wakeUp);
    }

    Path workingDirectory() {
        return settings.workingDirectory(environment.workingDirectory());
    }

    /** Several parts of a job may read or write one table, each in its own way. */
    Path dataFolder(String table, String id) {
        return settings.folder(environment).resolve(TABLES).resolve(FileNames.of(table)).resolve(FileNames.of(subtask.id(id)));
    }

    static TaskException failure(String table, Throwable cause) {
        return new TaskException(table, "table '" + table + "': " + TaskException.reason(cause), cause);
    }
}
