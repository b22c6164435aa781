package creek.core.internal.job;

import org.junit.jupiter.api.BeforeEach;

/** The same with jobs of two subtasks, each of which reads half of the numbers and has a writer. */
class ParallelSwapMeanwhileTest extends SwapMeanwhileTest {
    @BeforeEach
    void divide() {
        parallelism = 2;
        tables.severalWriters = true;
    }
}
