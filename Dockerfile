# One image for every part of the product; the command says which part a container plays. The base may be named by digest:
# docker build --build-arg BASE=python@sha256:...
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/crossdock
WORKDIR /build
COPY requirements.lock ./
RUN /opt/crossdock/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN /opt/crossdock/bin/pip install --no-deps .

FROM ${BASE}
LABEL org.opencontainers.image.title="crossdock" \
      org.opencontainers.image.description="Order-management integration hub" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /var/lib/crossdock --create-home crossdock
COPY --from=build /opt/crossdock /opt/crossdock
ENV PATH=/opt/crossdock/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
WORKDIR /var/lib/crossdock
VOLUME /var/lib/crossdock
EXPOSE 7443 7444 7445
STOPSIGNAL SIGTERM
ENTRYPOINT ["crossdock"]
CMD ["--help"]
