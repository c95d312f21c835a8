/** Why something could not be measured: what to install, or what a server answered instead. Goes into the report. */
final class NotMeasured extends Exception {

    private static final long serialVersionUID = 1;

    NotMeasured(String reason) {
        super(reason);
    }
}
