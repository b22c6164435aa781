package com.example.functions;

import creek.udf.api.DataTypeHint;
import creek.udf.api.FunctionHint;
import creek.udf.api.Row;
import creek.udf.api.TableFunction;
import creek.udf.api.UserDefinedFunction;
import org.osgi.service.component.annotations.Component;

/** LATERAL TABLE(READINGS(text)): the readings of a text such as {@code temperature=21.5;humidity=40}, a row each. What is no reading is left out. */
@Component(service = UserDefinedFunction.class, property = UserDefinedFunction.NAME + "=READINGS")
@FunctionHint(output = @DataTypeHint("ROW<name STRING, reading DOUBLE>"))
public class Readings extends TableFunction<Row> {
    public void eval(String text) {
        if (text == null) {
            return;
        }
        for (String each : text.split(";")) {
            int equals = each.indexOf('=');
            try {
                collect(Row.of(each.substring(0, equals).trim(), Double.valueOf(each.substring(equals + 1).trim())));
            } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
                // no reading
                continue;
            }
        }
    }
}
