package com.example.functions;

import creek.udf.api.FunctionContext;
import creek.udf.api.ScalarFunction;
import creek.udf.api.UserDefinedFunction;
import java.util.Map;
import java.util.function.LongConsumer;
import org.osgi.service.component.annotations.Component;

/** CONVERT_UNIT(value, from, to): temperatures, lengths and speeds. NULL for units that don't go together, which a figure of its own counts. */
@Component(service = UserDefinedFunction.class, property = UserDefinedFunction.NAME + "=CONVERT_UNIT")
public class ConvertUnit extends ScalarFunction {
    private static final double KELVIN = 273.15;
    private static final double FAHRENHEIT = 459.67;

    /** A value in the unit of the kind is {@code value * factor + offset}. */
    private record Unit(String kind, double factor, double offset) {
    }

    private static final Map<String, Unit> UNITS = Map.of(
            "K", new Unit("temperature", 1, 0), "C", new Unit("temperature", 1, KELVIN), "F", new Unit("temperature", 5d / 9, FAHRENHEIT * 5 / 9),
            "m", new Unit("length", 1, 0), "km", new Unit("length", 1000, 0), "mi", new Unit("length", 1609.344, 0),
            "m/s", new Unit("speed", 1, 0), "km/h", new Unit("speed", 1 / 3.6, 0), "kn", new Unit("speed", 1852 / 3600d, 0));

    private LongConsumer misfits = count -> { };

    @Override
    public void open(FunctionContext context) {
        misfits = context.getMetricGroup().counter("misfits");
    }

    public Double eval(Double value, String from, String to) {
        Unit given = from == null ? null : UNITS.get(from);
        Unit wanted = to == null ? null : UNITS.get(to);
        if (value == null || given == null || wanted == null || !given.kind.equals(wanted.kind)) {
            misfits.accept(1);
            return null;
        }
        return (value * given.factor + given.offset - wanted.offset) / wanted.factor;
    }
}
