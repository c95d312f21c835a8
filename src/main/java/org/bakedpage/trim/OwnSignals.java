package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ApplicationLifecycleManager;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Quarkus's handlers would replace those of Signals: they stop what has not started yet, and exit with 128 and the signal's
 * number. SIGQUIT still prints the stacks of all threads.
 */
@TargetClass(ApplicationLifecycleManager.class)
final class OwnSignals {

    @Substitute
    private static void handleSignal(String signal, SignalHandler handler) {
        if (signal.equals("QUIT")) {
            Signal.handle(new Signal(signal), handler);
        }
    }
}
