package features;

import java.util.Arrays;

/** Runs one of the programs, so that a C library needs but one image for all. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) throws Exception {
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case "reflection" -> Reflection.main(rest);
            case "resource" -> Resource.main(rest);
            case "bundle" -> Bundle.main(rest);
            case "failure" -> Failure.main(rest);
            case "environment" -> Environment.main(rest);
            case "open" -> Opening.main(rest);
            case "server" -> Server.main(rest);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
