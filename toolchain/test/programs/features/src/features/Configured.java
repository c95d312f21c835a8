package features;

/** Referred to by reachability-metadata.json alone. */
public class Configured {

    public String answer(int question) {
        return "configured " + question;
    }
}
