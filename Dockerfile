# execbrief in a container: `docker build -t execbrief .`; how to run it: docs/operations.md, compose.yaml.

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv /opt/execbrief
# What changes seldom first: the layer of dependencies is built again only with the lock file.
COPY deploy/requirements.lock deploy/requirements.lock
RUN /opt/execbrief/bin/python -m pip install --require-hashes -r deploy/requirements.lock
# The wheel is built apart, so that the build backend does not get into the image.
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY briefing briefing
COPY templates templates
RUN python -m pip wheel --no-deps --wheel-dir /wheels . \
    && /opt/execbrief/bin/python -m pip install --no-deps --no-index /wheels/*.whl \
    && /opt/execbrief/bin/python -m pip uninstall --yes pip

FROM python:3.12-slim-bookworm
# Nobody's account; the number is fixed so that volumes keep their owner.
RUN groupadd --gid 10001 execbrief \
    && useradd --uid 10001 --gid execbrief --no-create-home --home-dir /data --shell /usr/sbin/nologin execbrief \
    && install --directory --owner=execbrief --group=execbrief --mode=0700 /data
COPY --from=build /opt/execbrief /opt/execbrief
# The port is opened inside of the container only; compose.yaml or -p decides who reaches it.
ENV PATH=/opt/execbrief/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    EXECBRIEF_DATABASE_URL=sqlite:////data/execbrief.sqlite3 \
    EXECBRIEF_HTTP_HOST=0.0.0.0 \
    EXECBRIEF_HTTP_PORT=8080
USER execbrief
WORKDIR /data
VOLUME /data
EXPOSE 8080
# /healthz, not /readyz: a backlog is no reason to be started anew.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; p = os.environ.get('EXECBRIEF_HTTP_PORT'); p and u.urlopen(f'http://127.0.0.1:{p}/healthz', timeout=8)"]
# deliveries on their way are finished within 20 s (bot/schedule.py)
STOPSIGNAL SIGTERM
ENTRYPOINT ["execbrief"]
CMD ["run"]
