import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.runtime.JVMCI;

/** Prints the processor's features as HotSpot sees them: what an image built with -march=native may demand. */
final class HostFeatures {

    public static void main(String[] args) {
        AMD64 processor = (AMD64) JVMCI.getRuntime().getHostJVMCIBackend().getTarget().arch;
        processor.getFeatures().forEach(System.out::println);
    }
}
