package creek.core.internal.task;

/** The sources and sinks of one subtask; those of all subtasks stand in the same order. */
record TableParts(SourceDriver[] sources, SinkDriver[] sinks) {
}
