FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/assistant
COPY constraints.txt pyproject.toml README.md ./
COPY assistant assistant
# With the drivers of the grown one: what serves a household moves to it, and back, by the same image.
RUN /opt/assistant/bin/pip install --no-cache-dir -c constraints.txt '.[grown]'

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin assistant \
 && install -d -o assistant -g assistant /data
COPY --from=build /opt/assistant /opt/assistant
ENV PATH=/opt/assistant/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ASSISTANT_HOST=0.0.0.0 \
    ASSISTANT_DATA=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('ASSISTANT_PORT', '8080')}/healthz\", timeout=2)"]
CMD ["assistant", "serve"]
