package features;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Says whether a file can be opened with an option whose number depends on the processor. */
final class Opening {

    private Opening() {
    }

    static void main(String[] arguments) {
        OpenOption option = arguments[1].equals("DIRECT") ? ExtendedOpenOption.DIRECT : LinkOption.valueOf(arguments[1]);
        try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, option)) {
            System.out.println("opened " + file.size() + " bytes");
        } catch (IOException e) {
            System.out.println("refused: " + e.getClass().getName());
        }
    }
}
