# Builds the executable in a container and packs it, with nothing on the machine but Docker:
#
#   docker build -t web-server .
#   docker run -it -p 80:80 web-server
#
# A change of a page builds no executable: that comes from the layer before. Another folder of pages:
#
#   docker build --build-context site=DIR -t web-server .
#
# Settings of the build:
#
#   docker build --build-arg MAVEN_ARGS='-Dsite.fallback=/index.html -Dsite.clean-urls=true' -t web-server .
#
# Maven's proxy and mirrors:
#
#   docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml -t web-server .
#
# The builder is an image with a JDK 25, on amd64 or arm64. One with a GraalVM 25 and a musl compiler will do as well:
#
#   docker build --build-arg BUILDER=ghcr.io/graalvm/native-image-community:25-muslib -t web-server .
ARG BUILDER=eclipse-temurin:25-jdk

# The pages; --build-context site=DIR is put in the place of this stage.
FROM scratch AS site
COPY src/main/resources/META-INF/resources /

FROM ${BUILDER} AS build
# The Maven wrapper checks the hash of a zip, and has to unpack it; the toolchain compiles C.
RUN if command -v apt-get >/dev/null; then \
      apt-get update && \
      apt-get install -y --no-install-recommends binutils gcc libc6-dev unzip xz-utils && \
      rm -rf /var/lib/apt/lists/*; \
    elif command -v microdnf >/dev/null; then \
      microdnf install -y unzip; \
    fi
WORKDIR /build
COPY mvnw ./
COPY .mvn .mvn
COPY toolchain toolchain
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    toolchain/native-image-home
COPY pom.xml ./
COPY src/main/java src/main/java
COPY src/build src/build
COPY src/main/kubernetes src/main/kubernetes
COPY src/main/resources/application.properties src/main/resources/
COPY src/main/resources/META-INF/services src/main/resources/META-INF/services
COPY src/main/resources/org src/main/resources/org
# Without a page, which is no error here; what is the fallback, say, is not there yet.
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    ./mvnw -B -ntp package -Pnative -DskipTests -Dsite.check=warn -Dsite.fallback=

# A resource that is not named above has an executable built once more, here.
COPY src/main/resources src/main/resources
COPY --from=site / /site/
# Seconds since 1970: the time of Last-Modified, for what git knows of the pages is not in the build context.
ARG SOURCE_DATE_EPOCH
# What Maven reads ahead of its arguments.
ARG MAVEN_ARGS
RUN --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    ./mvnw -B -ntp package -Pnative -DskipTests -Dsite.directory=/site

FROM scratch
LABEL org.opencontainers.image.title="web-server" \
      org.opencontainers.image.description="One page, baked into its own server" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /build/target/web-server /web-server
ENV PORT=80
EXPOSE 80
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s CMD ["/web-server", "health"]
ENTRYPOINT ["/web-server"]
