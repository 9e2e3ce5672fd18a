# A small image: wheels are built in one stage, and only they are installed in the other.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml hatch_build.py README.md ./
RUN pip wheel --no-cache-dir --require-hashes -r requirements.lock -w /wheels
COPY bot bot
COPY flows flows
COPY locales locales
RUN pip install --no-cache-dir --no-index --find-links /wheels hatchling editables babel \
 && pip wheel --no-cache-dir --no-deps --no-build-isolation -w /wheels .

FROM python:3.12-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels lofrayer \
 && python -c "from bot.app import load; load()[0].calendar.warm()" \
 && useradd --create-home --uid 10001 coach
USER coach
WORKDIR /home/coach
VOLUME /home/coach/data
ENV WEB_HOST=0.0.0.0 PYTHONUNBUFFERED=1
EXPOSE 8080
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=3)"]
ENTRYPOINT ["lofrayer"]
CMD ["run"]
