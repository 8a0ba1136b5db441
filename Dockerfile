# The hosted job: harvests and publishes for ever. Nothing secret is in the image: the token, the log
# of events and the office's own forms_spec come by volumes, settings by variables.
#
#   docker build -t cchc-gforms .
#   docker run -d --restart unless-stopped -e CCHC_YEAR=2022 -v cchc-data:/data \
#     -v "$PWD/forms_spec:/app/forms_spec:ro" cchc-gforms

FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY cchc_gforms ./cchc_gforms
RUN /venv/bin/pip install --no-cache-dir --constraint constraints.txt ".[postgres]"

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home cchc \
    && install --directory --owner cchc --group cchc --mode 0700 /data
COPY --from=build /venv /venv
COPY forms_spec /app/forms_spec
# CCHC_TOKEN and CCHC_CREDENTIALS name files in the volume; nothing of them is here.
# hadolint ignore=DL3064
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CCHC_SPEC=/app/forms_spec \
    CCHC_STORE=/data/so-su-kien.sqlite \
    CCHC_TOKEN=/data/token.json \
    CCHC_CREDENTIALS=/data/credentials.json
USER 10001
WORKDIR /app
VOLUME /data
HEALTHCHECK --interval=5m --timeout=60s --start-period=15m \
    CMD ["cchc", "harvest", "status", "--older-than", "45m"]
ENTRYPOINT ["cchc"]
CMD ["harvest", "--every", "15m", "--publish"]
