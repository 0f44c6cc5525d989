# Two stages: the first installs from the locks and unpacks the gazetteer, the second only runs.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python -m venv /opt/outrider && python -m venv /opt/tools
COPY requirements/uv.txt requirements/run.txt requirements/
RUN /opt/tools/bin/pip install --require-hashes -r requirements/uv.txt \
 && VIRTUAL_ENV=/opt/outrider /opt/tools/bin/uv pip install --require-hashes --only-binary :all: -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY bot bot
RUN VIRTUAL_ENV=/opt/outrider /opt/tools/bin/uv pip install --no-deps . \
 && /opt/outrider/bin/python -m bot.gazetteer

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Outrider" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/outrider /opt/outrider
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin outrider \
 && install -d -o 10001 -g 10001 /data
ENV PATH=/opt/outrider/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    OUTRIDER_DATA_DIR=/data OUTRIDER_WEB_PORT=8090 OUTRIDER_LOG_JSON=true
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8090/livez', timeout=4)"]
ENTRYPOINT ["outrider"]
CMD ["run"]
