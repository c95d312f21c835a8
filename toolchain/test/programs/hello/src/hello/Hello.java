package hello;

/** The least that can be built. */
public final class Hello {

    private Hello() {
    }

    public static void main(String[] arguments) {
        System.out.println("Hello, " + String.join(" ", arguments) + "!");
    }
}
