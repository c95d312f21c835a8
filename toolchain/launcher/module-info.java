/**
 * The image builder's modules export what a launcher needs to a module of this name and to no other, so the launcher
 * takes it: GraalVM's own driver, whose name it is, is not among the published artifacts.
 */
module org.graalvm.nativeimage.driver {
    requires java.management;
    requires jdk.graal.compiler;
    requires jdk.management;
    requires org.graalvm.nativeimage.base;
    requires org.graalvm.nativeimage.builder;
    requires org.graalvm.nativeimage.configure;
}
