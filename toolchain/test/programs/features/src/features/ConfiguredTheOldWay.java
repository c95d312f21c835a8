package features;

/** Referred to by old/reflection.json alone, and that by native-image.properties alone. */
public class ConfiguredTheOldWay {

    public String answer(int question) {
        return "configured the old way " + question;
    }
}
