# The product in one image: `web` by default, `clock` and set-up by another command (compose.yaml, docs/deploy.md).
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt requirements-node.txt ./
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
# Node is needed to fetch the front end and stays behind in this stage.
RUN python -m venv /node && /node/bin/pip install -r requirements-node.txt
COPY package.json package-lock.json ./
COPY scripts scripts
COPY locales locales
COPY static static
COPY market/web/tree.py market/web/
RUN PATH="/node/bin:$PATH" /venv/bin/python scripts/assets.py && /venv/bin/python scripts/messages.py compile

FROM python:3.12-slim
LABEL org.opencontainers.image.title="intermediary-services supermarket" org.opencontainers.image.licenses="Apache-2.0"
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 MARKET_INSTANCE=/data FLASK_APP=app
# Two accounts: the pages run as `market`; the keys that open sealed quotes belong to `clock` and pages cannot read them.
RUN groupadd --system --gid 10001 market \
    && useradd --system --uid 10001 --gid market --home-dir /data --no-create-home --shell /usr/sbin/nologin market \
    && useradd --system --uid 10002 --gid market --home-dir /data --no-create-home --shell /usr/sbin/nologin clock \
    && install -d -o market -g market -m 2770 /data \
    && install -d -o clock -g market -m 0750 /data/keys
WORKDIR /app
COPY --from=build /venv /venv
COPY LICENSE NOTICE app.py gunicorn.conf.py ./
COPY migrations migrations
COPY verify verify
COPY market_witness market_witness
COPY scripts scripts
COPY templates templates
COPY market market
COPY --from=build /build/locales locales
COPY --from=build /build/static static
USER market
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
# gunicorn.conf.py says everything else, that no control socket is opened too.
CMD ["gunicorn"]
