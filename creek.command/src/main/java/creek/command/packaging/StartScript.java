package creek.command.packaging;

import java.nio.charset.StandardCharsets;

/** The shell script in front of a packaged job's jar: with it the file can be executed, with flags that suit a small device. */
final class StartScript {
    /** What each flag saves is told and measured in docs/package.md. */
    static final String FLAGS = "-Xmx16m -Xms4m -Xmn1m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:MarkSweepDeadRatio=0 -Xss256k"
            + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=12m -XX:CICompilerCount=1 -XX:CompileThresholdScaling=3"
            + " -XX:MaxDirectMemorySize=8m -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Xshare:auto";
    private static final int DIGITS = 10;

    private static final String TEXT = """
            #!/bin/sh
            # The Creek job @JOB@, with all it needs: ./FILE or java -jar FILE, see --help. Environment: JAVA_HOME (the Java to use),
            # CREEK_OPTS (more options for the virtual machine, which come after those below).
            fail() { echo "creek: $1" >&2; exit "$2"; }
            self=$(readlink -f "$0")
            length=$(wc -c < "$self")
            [ "$((length))" -eq @LENGTH@@ ] || fail "$0 is damaged or was copied in part: it has $((length)) of @LENGTH@@ bytes. Copy it again" 1
            if [ -n "${JAVA_HOME-}" ]; then
              java=$JAVA_HOME/bin/java
              [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java: set it to a Java 17 or later, or unset it" 2
            else
              java=$(command -v java) || fail "there is no java on the PATH: install a Java 17 or later, set JAVA_HOME, or make the package with --with-jre" 2
            fi
            # What the C library does with memory that the virtual machine gives back: it is the system's again, not kept for later.
            export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-16384}"
            export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-65536}" MALLOC_TOP_PAD_="${MALLOC_TOP_PAD_:-16384}"
            # The archive holds for one class path, letter by letter: this name of the file is the same wherever the file is.
            archive=${self%.*}.jsa
            exec 9< "$self"
            here=/proc/self/fd/9
            if [ "${1-}" = --warm-up ]; then
              list=$archive.list
              "$java" -Xshare:off -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList="$list" -jar $here --warm-up || exit
              "$java" -Xshare:dump -XX:+UseSerialGC -Xmx128m -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$archive" \\
                -Xlog:disable -Xlog:all=error:stderr -cp $here
              status=$?
              rm -f "$list"
              exit $status
            fi
            if [ -r "$archive" ] && [ -r $here ]; then
              # shellcheck disable=SC2086
              exec "$java" @FLAGS@ -XX:SharedArchiveFile="$archive" -Xlog:cds=off ${CREEK_OPTS-} -jar $here "$@"
            fi
            # shellcheck disable=SC2086
            exec "$java" @FLAGS@ ${CREEK_OPTS-} -jar "$self" "$@"
            """;

    private final String job;

    StartScript(String job) {
        this.job = job;
    }

    /** @param jarLength the length of what follows */
    byte[] text(int jarLength) {
        String text = TEXT.replace("@JOB@", job).replace("@FLAGS@", FLAGS);
        int places = text.split("@LENGTH@@", -1).length - 1;
        int length = text.getBytes(StandardCharsets.UTF_8).length + places * (DIGITS - "@LENGTH@@".length()) + jarLength;
        // as wide as any length, so that the text has the length that stands in it; without zeros in front, which would make it octal
        return text.replace("@LENGTH@@", String.format("%-" + DIGITS + "d", length)).getBytes(StandardCharsets.UTF_8);
    }
}
