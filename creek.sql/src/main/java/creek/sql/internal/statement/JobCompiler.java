package creek.sql.internal.statement;

import creek.core.connector.ChangelogMode;
import creek.core.connector.TableOptions;
import creek.core.data.Schema;
import creek.core.option.OptionException;
import creek.sql.CompiledJob;
import creek.sql.internal.OptionError;
import creek.sql.internal.SqlError;
import creek.sql.internal.bundle.BundleWriter;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.physical.PhysicalPlan;
import creek.sql.internal.physical.PhysicalPlanner;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import creek.sql.internal.type.StreamRexBuilder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From planned INSERTs to a job bundle. Makes one job. */
final class JobCompiler implements PhysicalPlanner.TableModes {
    static final String JOB_NAME = "pipeline.name";
    private static final String STATE_BACKEND = "state.backend.type";

    private static final String PACKAGE_PREFIX = "creek.job.";
    private static final String CLASS = ".Job";
    private static final Pattern NOT_OF_NAMES = Pattern.compile("[^A-Za-z0-9_.-]+");

    private final SessionContext session;
    private Optional<Schema> resultSchema = Optional.empty();
    private Optional<String> resultConnector = Optional.empty();

    private final Map<CatalogTable, TableOptions> options = new IdentityHashMap<>();
    private final TreeSet<String> connectors = new TreeSet<>();
    private final TreeSet<String> formats = new TreeSet<>();
    private final TreeSet<String> secrets = new TreeSet<>();
    private boolean bounded = true;

    JobCompiler(SessionContext session) {
        this.session = session;
    }

    /** The job is a query; its rows go to that connector, which is there only once the job runs. */
    JobCompiler withResult(Schema schema, String connector) {
        resultSchema = Optional.of(schema);
        resultConnector = Optional.of(connector);
        return this;
    }

    /** The job is a query, whose rows are printed. */
    JobCompiler withPrintedResult(Schema schema) {
        resultSchema = Optional.of(schema);
        return this;
    }

    /** Plans the whole job and checks the options of its tables. */
    PhysicalPlan plan(List<Insert> inserts) {
        PhysicalPlan plan = new PhysicalPlanner(new StreamRexBuilder(session.types()), this, session.settings(), session.lateTable()).plan(inserts);
        plan.sources().forEach(table -> check(table, options -> checkSource(table, options)));
        plan.lookups().forEach(table -> check(table, TableOptions::requireLookup));
        plan.targets().forEach(table -> check(table, TableOptions::requireSink));
        return plan;
    }

    @Override
    public ChangelogMode given(CatalogTable source) {
        return options(source).emits();
    }

    @Override
    public ChangelogMode accepted(CatalogTable target) {
        return isResult(target) ? ChangelogMode.ALL : options(target).accepts();
    }

    @Override
    public Optional<CatalogTable> deadLetters(CatalogTable source) {
        return options(source).deadLetterTable().map(name -> session.tableNamed(name).orElseThrow(() -> SqlError.invalid("there is no table " + name
                + ", which '" + TableOptions.DEAD_LETTER_TABLE.key() + "' of table " + source.name() + " names")));
    }

    private boolean isResult(CatalogTable table) {
        return resultConnector.isPresent() && resultConnector.equals(Optional.ofNullable(table.options().texts().get(TableOptions.CONNECTOR.key())));
    }

    private TableOptions options(CatalogTable table) {
        return options.computeIfAbsent(table, any -> {
            try {
                return TableOptions.of(table.options().texts(), table.physicalSchema(), table.primaryKey(), session.registry());
            } catch (OptionException e) {
                throw error(table, e);
            }
        });
    }

    private static OptionError error(CatalogTable table, OptionException e) {
        return new OptionError("table " + table.name() + ": " + e.getMessage(), table.options().place(e.key()), e);
    }

    CompiledJob compile(List<Insert> inserts, String wantedName, String script) {
        PhysicalPlan plan = plan(inserts);
        String name = NOT_OF_NAMES.matcher(wantedName).replaceAll("-");
        String packageName = PACKAGE_PREFIX + packagePart(name);
        Map<String, String> settings = new TreeMap<>(session.settings());
        PhysicalPlan.Source written = plan.source(packageName, "The job " + name + ".", settings);
        String source = written.text();
        String explained = plan.explain();
        byte[] bundle = BundleWriter.write(name, packageName + CLASS, source, script, explained, connectors, formats,
                Optional.ofNullable(settings.get(STATE_BACKEND)).stream().toList(), written.functions());
        return new CompiledJob(name, bundle, explained, masked(source), resultSchema, resultConnector, plan.isUpdating(), bounded,
                List.copyOf(connectors), List.copyOf(formats), warnings(plan));
    }

    private static String packagePart(String name) {
        String part = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return Character.isDigit(part.charAt(0)) || JavaNames.isReserved(part) ? "_" + part : "job_".concat(part).substring(Character.isLetter(part.charAt(0)) ? 4 : 0);
    }

    /** @param use checks that the table can be what it is used as */
    private void check(CatalogTable table, Consumer<TableOptions> use) {
        if (isResult(table)) {
            connectors.add(resultConnector.orElseThrow());
            return;
        }
        TableOptions options = options(table);
        try {
            use.accept(options);
        } catch (OptionException e) {
            throw error(table, e);
        }
        if (options.connector().needsPrimaryKey() && table.primaryKey().isEmpty()) {
            throw SqlError.invalid("'" + options.connectorName() + "' tables require to define a PRIMARY KEY constraint: add PRIMARY KEY (...) NOT "
                    + "ENFORCED to the columns of table " + table.name());
        }
        connectors.add(options.connectorName());
        if (!table.primaryKey().isEmpty() && !options.allowsPrimaryKey()) {
            throw SqlError.invalid("The Kafka table '" + table.objectName().qualified() + "' with '" + options.formatNames().get(0)
                    + "' format doesn't support defining PRIMARY KEY constraint on the table, because it can't guarantee the semantic of primary key.");
        }
        formats.addAll(options.formatNames());
        collectSecrets(options, table.options().texts());
    }

    private void checkSource(CatalogTable table, TableOptions options) {
        options.requireSource();
        bounded &= options.connector().isBounded(options.connectorOptions());
        checkMetadata(table, options);
        if (!table.partitionKeys().isEmpty() && !options.connector().readsPartitions()) {
            throw SqlError.invalid("connector '" + options.connectorName() + "' has no partitions to read: leave out PARTITIONED BY of table "
                    + table.name());
        }
    }

    private static void checkMetadata(CatalogTable table, TableOptions options) {
        Map<String, String> columns = new TreeMap<>();
        table.metadata().forEach(column -> {
            String other = columns.put(column.key(), column.name());
            if (other != null) {
                throw SqlError.invalid("columns " + other + " and " + column.name() + " of table " + table.name() + " are both METADATA FROM '"
                        + column.key() + "'; make one of them a computed column: " + column.name() + " AS " + other);
            }
        });
        table.metadata().forEach(column -> {
            if (!options.connector().metadata().containsKey(column.key())) {
                throw SqlError.invalid("connector '" + options.connectorName() + "' has no metadata '" + column.key() + "' for column "
                        + column.name() + " of table " + table.name() + "; it has "
                        + String.join(", ", new TreeSet<>(options.connector().metadata().keySet())));
            }
        });
    }

    private void collectSecrets(TableOptions options, Map<String, String> texts) {
        options.secretKeys().stream().filter(texts::containsKey).forEach(key -> secrets.add(texts.get(key)));
    }

    /** The source for people: without the values of secret options. */
    private String masked(String source) {
        String text = source;
        for (String secret : secrets) {
            text = text.replace(creek.sql.internal.codegen.JavaNames.literal(secret), "\"***\"");
        }
        return text;
    }

    private List<String> warnings(PhysicalPlan plan) {
        return Stream.concat(session.settings().keySet().stream().map(SettingNames::warning).flatMap(Optional::stream), plan.warnings().stream()).toList();
    }
}
