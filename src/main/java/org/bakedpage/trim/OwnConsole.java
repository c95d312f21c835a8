package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.InjectAccessors;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.OutputStream;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * The log's console handler is initialized in the build, and would write to the streams of that time: Main gives System others.
 */
@TargetClass(ConsoleHandler.class)
final class OwnConsole {

    @Alias
    @InjectAccessors(Out.class)
    private static OutputStream out;

    @Alias
    @InjectAccessors(Err.class)
    private static OutputStream err;

    static final class Out {

        static OutputStream getOut() {
            return System.out;
        }
    }

    static final class Err {

        static OutputStream getErr() {
            return System.err;
        }
    }
}
