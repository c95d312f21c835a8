package org.bakedpage.trim;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.bakedpage.Main;

/** The program is called, not handed to a method handle, which brings the interpreter of them all. */
@TargetClass(className = "com.oracle.svm.core.JavaMainWrapper")
final class PlainStart {

    @Substitute
    public static void invokeMain(String[] arguments) {
        Main.main(arguments);
    }
}
