package org.bakedpage.build;

/**
 * The parts of a name like {@code registry.example.org/group/name:tag}.
 *
 * @param host of the registry, with its port
 * @param reference a tag or a digest
 */
record ImageName(String host, String repository, String reference) {

    static final String DOCKER_HUB = "registry-1.docker.io";

    /** The short names are those of Docker Hub, github.com/distribution/reference. */
    static ImageName of(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        String host = hasHost && !first.equals("docker.io") ? first : DOCKER_HUB;
        String path = hasHost ? image.substring(slash + 1) : image;
        int at = path.indexOf('@');
        int colon = path.lastIndexOf(':', at < 0 ? path.length() : at);
        int end = colon >= 0 ? colon : at >= 0 ? at : path.length();
        String reference = at >= 0 ? path.substring(at + 1) : colon >= 0 ? path.substring(colon + 1) : "latest";
        String repository = path.substring(0, end);
        boolean isOfficial = host.equals(DOCKER_HUB) && !repository.contains("/");
        return new ImageName(host, isOfficial ? "library/" + repository : repository, reference);
    }

    /** Docker and podman too speak without TLS to the machine itself. */
    boolean isLocal() {
        return host.matches("localhost(:\\d+)?|127\\.\\d+\\.\\d+\\.\\d+(:\\d+)?");
    }
}
