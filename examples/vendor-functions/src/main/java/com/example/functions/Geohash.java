package com.example.functions;

import creek.udf.api.ScalarFunction;
import creek.udf.api.UserDefinedFunction;
import org.osgi.service.component.annotations.Component;

/** GEOHASH(latitude, longitude [, length]): a short text for a place; places near each other mostly begin alike. */
@Component(service = UserDefinedFunction.class, property = UserDefinedFunction.NAME + "=GEOHASH")
public class Geohash extends ScalarFunction {
    private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int BITS = 5;
    private static final int LENGTH = 9;
    private static final int LONGEST = 12;

    public String eval(Double latitude, Double longitude) {
        return eval(latitude, longitude, LENGTH);
    }

    public String eval(Double latitude, Double longitude, Integer length) {
        if (latitude == null || longitude == null || length == null) {
            return null;
        }
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("a geohash has 1 to " + LONGEST + " characters and not " + length);
        }
        double[] south = {-90, 90};
        double[] west = {-180, 180};
        StringBuilder hash = new StringBuilder(length);
        boolean even = true;
        while (hash.length() < length) {
            int digit = 0;
            for (int bit = 0; bit < BITS; bit++) {
                double[] range = even ? west : south;
                double middle = (range[0] + range[1]) / 2;
                boolean upper = (even ? longitude : latitude) >= middle;
                range[upper ? 0 : 1] = middle;
                digit = digit << 1 | (upper ? 1 : 0);
                even = !even;
            }
            hash.append(DIGITS.charAt(digit));
        }
        return hash.toString();
    }
}
