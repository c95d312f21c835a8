package features;

/** Calls a method of a class whose name is known at run time only. */
final class Reflection {

    private Reflection() {
    }

    static void main(String[] arguments) throws Exception {
        try {
            Object target = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
            System.out.println(target.getClass().getMethod("answer", int.class).invoke(target, 42));
        } catch (ClassNotFoundException e) {
            System.out.println("no class " + e.getMessage());
        }
    }
}
