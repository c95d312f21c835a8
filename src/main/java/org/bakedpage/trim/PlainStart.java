package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.bakedpage.Main;
import org.graalvm.nativeimage.VMRuntime;

/**
 * The program is called, not handed to a method handle. That saved bytes before WithoutMethodHandles did; now it saves none.
 * It is the place to make up for what GraalVM leaves out of its own start when it has no options to read
 * (-H:-ParseRuntimeOptions).
 * SECURITY: without that start nothing ignores SIGPIPE, and a client that is gone while it is written to ends the server.
 */
@TargetClass(className = "com.oracle.svm.core.JavaMainWrapper")
final class PlainStart {

    @Substitute
    public static void invokeMain(String[] arguments) {
        VMRuntime.initialize();
        Main.main(arguments);
    }
}
