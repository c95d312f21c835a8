package org.bakedpage;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the native executable. */
@QuarkusIntegrationTest
class FullBufferIT extends FullBufferTest {
}
