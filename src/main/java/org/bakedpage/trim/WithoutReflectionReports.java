package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;

/**
 * What watches over code that does not change: reports of what was not registered, callers that matter to a method, origins.
 * Saved 856,064 bytes, 359 kB of them padding of the heap.
 */
final class WithoutReflectionReports {

    @TargetClass(className = "org.graalvm.nativeimage.MissingReflectionRegistrationError")
    static final class Report {
    }

    /** Reports say how to register, in JSON; the name alone tells what is missing. */
    @TargetClass(className = "com.oracle.svm.core.reflect.MissingReflectionRegistrationUtils")
    static final class Reports {

        @Substitute
        public static Report reportInvokedExecutable(Executable executable) {
            throw new IllegalStateException(executable + " is not registered for reflection");
        }

        @Substitute
        public static Report reportArrayInstantiation(Class<?> type, int dimensions) {
            throw new IllegalStateException("arrays of " + type + " are not registered for reflection");
        }

        @Substitute
        public static Report reportAccessedField(Field field) {
            throw new IllegalStateException(field + " is not registered for reflection");
        }

        @Substitute
        public static void reportClassAccess(String name) {
            throw new IllegalStateException(name + " is not registered for reflection");
        }
    }

    /** Where a class was loaded from: from nowhere, for there is no file system to look at. */
    @TargetClass(className = "com.oracle.svm.core.jdk.ProtectionDomainSupport")
    static final class Origins {

        @Substitute
        private static URL createExecutableURL() {
            return null;
        }
    }

    @TargetClass(className = "jdk.internal.reflect.Reflection")
    static final class Callers {

        /** Told by an annotation; of the methods that are registered none has it. */
        @Substitute
        public static boolean isCallerSensitive(Method method) {
            return false;
        }
    }
}
