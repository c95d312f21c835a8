# Builds the executable in a container and packs it, with nothing on the machine but Docker:
#
#   docker build -t web-server .
#   docker run -it -p 80:80 web-server
#
# The builder needs native-image 25 or later and a musl tool chain on its path. Any image that has them can be named:
#   docker build --build-arg BUILDER=my/native-image -t web-server .
ARG BUILDER=ghcr.io/graalvm/native-image-community:25-muslib

FROM ${BUILDER} AS build
# The Maven wrapper checks the hash of a zip, and has to unpack it.
RUN command -v unzip >/dev/null || microdnf install -y unzip
WORKDIR /build
COPY . .
# Seconds since 1970: the time of Last-Modified, for the commit's is not in the build context.
ARG SOURCE_DATE_EPOCH
RUN ./mvnw -B -ntp package -Pnative -DskipTests

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
