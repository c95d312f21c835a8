package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.common.os.Process;
import org.graalvm.nativeimage.ProcessProperties;

/**
 * Each record of the log has the name of its process, for a format with %N: the path of the executable. The JDK would read
 * four files of /proc and /etc/passwd for it, and bring all that it knows of processes.
 */
@TargetClass(Process.class)
@Substitute
final class WithoutProcessInfo {

    @Substitute
    public static String getProcessName() {
        return Name.get();
    }

    static final class Name {

        private static String name;

        static String get() {
            if (name == null) {
                name = System.getProperty("jboss.process.name", ProcessProperties.getExecutableName());
            }
            return name;
        }
    }
}
