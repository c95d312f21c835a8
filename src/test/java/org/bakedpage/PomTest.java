package org.bakedpage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Which of pom.xml's profiles has the say: of those that are active the last one that sets a property. */
class PomTest {

    private static final String QEMU = "${project.basedir}/src/test/qemu/web-server";
    private static final String BUILT = "${project.build.directory}/web-server";
    private static final String ARM64 = "${arm64.linking}";
    private static final String TARGET = "--target=linux-aarch64";

    @ParameterizedTest
    @CsvSource({
        "amd64,   native,         true,  BUILT, '--static,--libc=musl,', ''",
        "amd64,   'native,arm64', false, QEMU,  ARM64,                   TARGET",
        "aarch64, native,         true,  BUILT, ARM64,                   TARGET",
        "aarch64, 'native,arm64', true,  BUILT, ARM64,                   TARGET",
    })
    void only_what_qemu_runs_is_tested_by_a_part_of_the_tests(String machine, String profiles, boolean hasAllTests, String executable,
            String linking, String arguments) throws Exception {
        Map<String, String> properties = properties(machine, List.of(profiles.split(",")));
        assertEquals(hasAllTests, properties.getOrDefault("it.test", "").isBlank());
        assertEquals(executable.equals("QEMU") ? QEMU : BUILT, properties.get("native.image.path"));
        assertEquals(linking.equals("ARM64") ? ARM64 : linking, properties.get("linking"));
        assertEquals(arguments.equals("TARGET") ? TARGET : arguments, properties.get("native-image-home.arguments"));
    }

    private static Map<String, String> properties(String machine, List<String> named) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Containers.PROJECT.resolve("pom.xml").toFile());
        XPath path = XPathFactory.newInstance().newXPath();
        Map<String, String> properties = new HashMap<>();
        NodeList sets = (NodeList) path.evaluate("/project/properties | /project/profiles/profile/properties", pom, XPathConstants.NODESET);
        for (int i = 0; i < sets.getLength(); i++) {
            Node owner = sets.item(i).getParentNode();
            boolean isActive = owner.getNodeName().equals("project") || named.contains(path.evaluate("id", owner))
                    || machine.equals(path.evaluate("activation/os/arch", owner));
            NodeList values = sets.item(i).getChildNodes();
            for (int j = 0; isActive && j < values.getLength(); j++) {
                if (values.item(j) instanceof Element value) {
                    properties.put(value.getTagName(), value.getTextContent());
                }
            }
        }
        return properties;
    }
}
