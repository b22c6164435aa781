package creek.sql.internal.statement;

import creek.core.option.OptionException;
import creek.core.option.SimilarNames;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names of settings, so that a misspelt one does not go unnoticed. Checkpoints, recovery and state are what a job's safety is up to: there a name that
 * is neither Creek's nor Flink's is refused. Elsewhere it is warned of; and so are Flink's settings that have no effect here.
 */
final class SettingNames {
    private static final List<String> STRICT = List.of("execution.checkpointing.", "execution.state-recovery.", "restart-strategy.", "state.", "swap.");
    private static final List<String> WATCHED = List.of("execution.", "table.exec.", "table.optimizer.");
    /** Each backend says itself which options it has, when a job opens. */
    private static final Pattern BACKEND_OPTION = Pattern.compile("state\\.backend\\.[^.]+\\..+");

    private static final Set<String> HEEDED = names("""
            execution.checkpointing.interval execution.checkpointing.min-pause execution.checkpointing.timeout
            execution.checkpointing.tolerable-failed-checkpoints execution.checkpointing.dir execution.checkpointing.savepoint-dir
            execution.state-recovery.path execution.state-recovery.ignore-unclaimed-state restart-strategy.type
            restart-strategy.fixed-delay.attempts restart-strategy.fixed-delay.delay restart-strategy.failure-rate.max-failures-per-interval
            restart-strategy.failure-rate.failure-rate-interval restart-strategy.failure-rate.delay
            restart-strategy.exponential-delay.initial-backoff restart-strategy.exponential-delay.max-backoff
            restart-strategy.exponential-delay.backoff-multiplier restart-strategy.exponential-delay.jitter-factor
            restart-strategy.exponential-delay.reset-backoff-threshold restart-strategy.exponential-delay.attempts-before-reset-backoff
            state.backend.type state.cache.size state.changes.max-entries state.disk.limit state.on-checkpoint-failure state.on-corruption
            state.recovery.replace state.recovery.fresh state.snapshot.every swap.probation.records swap.probation.time swap.timeout table.exec.emit.allow-lateness table.exec.emit.early-fire.delay
            table.exec.emit.early-fire.enabled table.exec.emit.late-fire.delay table.exec.emit.late-fire.enabled table.exec.late-data.table
            table.exec.mini-batch.allow-latency table.exec.mini-batch.enabled table.exec.mini-batch.size table.exec.sink.not-null-enforcer
            table.exec.sink.upsert-materialize table.exec.source.cdc-events-duplicate table.exec.source.idle-timeout table.exec.state.ttl
            table.local-time-zone table.optimizer.distinct-agg.split.enabled table.sql-dialect execution.runtime-mode parallelism.default
            """);

    /** Those of Flink 2.2.0, and older ones that are still in many scripts. */
    private static final Set<String> IGNORED = names("""
            execution.async-state.active-buffer-size execution.async-state.active-buffer-timeout execution.async-state.total-buffer-size
            execution.batch-shuffle-mode execution.batch-state-backend.enabled execution.buffer-timeout.enabled execution.buffer-timeout.interval
            execution.sort-keyed-partition.memory execution.sort-partition.memory execution.sorted-inputs.enabled execution.sorted-inputs.memory
            execution.checkpointing.aligned-checkpoint-timeout execution.checkpointing.checkpoints-after-tasks-finish
            execution.checkpointing.cleaner.parallel-mode execution.checkpointing.create-subdir execution.checkpointing.data-inline-threshold
            execution.checkpointing.externalized-checkpoint-retention execution.checkpointing.file-merging.across-checkpoint-boundary
            execution.checkpointing.file-merging.enabled execution.checkpointing.file-merging.max-file-size
            execution.checkpointing.file-merging.max-space-amplification execution.checkpointing.file-merging.max-subtasks-per-file
            execution.checkpointing.file-merging.pool-blocking execution.checkpointing.incremental execution.checkpointing.interval-during-backlog
            execution.checkpointing.local-backup.dirs execution.checkpointing.local-backup.enabled
            execution.checkpointing.max-concurrent-checkpoints execution.checkpointing.mode execution.checkpointing.num-retained
            execution.checkpointing.snapshot-compression execution.checkpointing.storage execution.checkpointing.unaligned.enabled
            execution.checkpointing.unaligned.forced execution.checkpointing.unaligned.interruptible-timers.enabled
            execution.checkpointing.unaligned.max-subtasks-per-channel-state-file execution.checkpointing.write-buffer-size
            execution.state-recovery.approximate-local-recovery execution.state-recovery.claim-mode execution.state-recovery.from-local
            execution.state-recovery.without-channel-state.checkpoint-id restart-strategy state.backend state.backend.incremental
            state.backend.latency-track.keyed-state-enabled state.backend.local-recovery state.changelog.enabled
            state.changelog.max-failures-allowed state.changelog.periodic-materialize.enabled state.changelog.periodic-materialize.interval
            state.changelog.storage state.checkpoint-storage state.checkpoints.dir state.checkpoints.num-retained state.latency-track.history-size
            state.latency-track.keyed-state-enabled state.latency-track.sample-interval state.latency-track.state-name-as-variable
            state.savepoints.dir state.storage.fs.memory-threshold table.exec.async-lookup.buffer-capacity
            table.exec.async-lookup.key-ordered-enabled table.exec.async-lookup.output-mode table.exec.async-lookup.timeout
            table.exec.async-ml-predict.max-concurrent-operations table.exec.async-ml-predict.output-mode table.exec.async-ml-predict.timeout
            table.exec.async-scalar.max-attempts table.exec.async-scalar.max-concurrent-operations table.exec.async-scalar.retry-delay
            table.exec.async-scalar.retry-strategy table.exec.async-scalar.timeout table.exec.async-state.enabled
            table.exec.async-table.max-concurrent-operations table.exec.async-table.max-retries table.exec.async-table.retry-delay
            table.exec.async-table.retry-strategy table.exec.async-table.timeout table.exec.async-vector-search.max-concurrent-operations
            table.exec.async-vector-search.output-mode table.exec.async-vector-search.timeout
            table.exec.deduplicate.insert-update-after-sensitive-enabled table.exec.deduplicate.mini-batch.compact-changes-enabled
            table.exec.delta-join.cache-enabled table.exec.delta-join.left.cache-size table.exec.delta-join.right.cache-size
            table.exec.disabled-operators table.exec.interval-join.min-cleanup-interval table.exec.legacy-cast-behaviour
            table.exec.local-hash-agg.adaptive.distinct-value-rate-threshold table.exec.local-hash-agg.adaptive.enabled
            table.exec.local-hash-agg.adaptive.sampling-threshold table.exec.operator-fusion-codegen.enabled table.exec.rank.topn-cache-size
            table.exec.resource.default-parallelism table.exec.resource.external-buffer-memory table.exec.resource.hash-agg.memory
            table.exec.resource.hash-join.memory table.exec.resource.sort.memory table.exec.simplify-operator-name-enabled
            table.exec.sink.keyed-shuffle table.exec.sink.nested-constraint-enforcer table.exec.sink.rowtime-inserter
            table.exec.sink.type-length-enforcer table.exec.sink.upsert-materialize-strategy.adaptive.threshold.high
            table.exec.sink.upsert-materialize-strategy.adaptive.threshold.low table.exec.sink.upsert-materialize-strategy.type
            table.exec.sort.async-merge-enabled table.exec.sort.default-limit table.exec.sort.max-num-file-handles
            table.exec.spill-compression.block-size table.exec.spill-compression.enabled table.exec.uid.format table.exec.uid.generation
            table.exec.unbounded-over.version table.exec.window-agg.buffer-size-limit table.optimizer.adaptive-broadcast-join.strategy
            table.optimizer.agg-phase-strategy table.optimizer.bushy-join-reorder-threshold table.optimizer.delta-join.strategy
            table.optimizer.distinct-agg.split.bucket-num table.optimizer.dynamic-filtering.enabled table.optimizer.incremental-agg-enabled
            table.optimizer.join-reorder-enabled table.optimizer.join.broadcast-threshold table.optimizer.multi-join.enabled
            table.optimizer.multiple-input-enabled table.optimizer.non-deterministic-update.strategy table.optimizer.ptf.max-tables
            table.optimizer.reuse-optimize-block-with-digest-enabled table.optimizer.reuse-sink-enabled table.optimizer.reuse-source-enabled
            table.optimizer.reuse-sub-plan-enabled table.optimizer.runtime-filter.enabled table.optimizer.runtime-filter.max-build-data-size
            table.optimizer.runtime-filter.min-filter-ratio table.optimizer.runtime-filter.min-probe-data-size
            table.optimizer.skewed-join-optimization.skewed-factor table.optimizer.skewed-join-optimization.skewed-threshold
            table.optimizer.skewed-join-optimization.strategy table.optimizer.source.report-statistics-enabled
            table.optimizer.sql2rel.project-merge.enabled table.optimizer.union-all-as-breakpoint-enabled
            """);

    private SettingNames() {
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }

    /** @throws OptionException for a name that can only be a mistake */
    static void check(String key) {
        if (isUnknown(key, STRICT)) {
            throw new OptionException(key, "there is no setting '" + key + "'; " + SimilarNames.hint(key, HEEDED) + "there are "
                    + String.join(", ", known(key)));
        }
    }

    /** What is known in the namespace of a key. */
    private static Collection<String> known(String key) {
        String namespace = STRICT.stream().filter(key::startsWith).findFirst().orElseThrow();
        return HEEDED.stream().filter(name -> name.startsWith(namespace)).toList();
    }

    /** What to say of a setting that has no effect. */
    static Optional<String> warning(String key) {
        if (IGNORED.contains(key)) {
            return Optional.of("setting '" + key + "' is one of Flink's that have no effect here");
        }
        return isUnknown(key, WATCHED) ? Optional.of(("setting '" + key + "' is not known and has no effect; " + SimilarNames.hint(key, HEEDED)).strip()
                .replaceAll(";$", "")) : Optional.empty();
    }

    private static boolean isUnknown(String key, List<String> namespaces) {
        return namespaces.stream().anyMatch(key::startsWith) && !HEEDED.contains(key) && !IGNORED.contains(key) && !BACKEND_OPTION.matcher(key).matches();
    }
}
