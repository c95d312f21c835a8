import jdk.vm.ci.runtime.JVMCI;

/** Prints the processor's features as HotSpot sees them: what an image built with -march=native may demand. */
final class HostFeatures {

    public static void main(String[] args) {
        JVMCI.getRuntime().getHostJVMCIBackend().getTarget().arch.getFeatures().forEach(System.out::println);
    }
}
